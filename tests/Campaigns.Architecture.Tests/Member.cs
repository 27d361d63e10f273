using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests;

/// <summary>A member of a type as it stands in a file: its first line, and how many lines it takes.</summary>
internal readonly partial record struct Member(int Line, int Lines, string Header)
{
    /// <summary>What opens a brace, or ends in a semicolon, directly inside a type.</summary>
    public static IEnumerable<Member> Of(string source) => new Scanner(CSharpText.Blank(source)).Read()
        .Where(member => !member.Header.StartsWith("using ", StringComparison.Ordinal)
            && !member.Header.StartsWith("namespace ", StringComparison.Ordinal));

    private sealed partial class Scanner(string code)
    {
        private readonly Stack<bool> _blocksAreTypes = new([true]);
        private int _line = 1;
        private int _headerAt = -1;
        private int _headerLine;
        private int _parentheses;

        public IEnumerable<Member> Read()
        {
            Member? open = null;
            var depthOfOpen = 0;
            for (var at = 0; at < code.Length; at++)
            {
                var letter = code[at];
                _line += letter == '\n' ? 1 : 0;
                _parentheses += letter switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
                if (_headerAt < 0 && !char.IsWhiteSpace(letter) && letter is not ('{' or '}' or ';'))
                {
                    (_headerAt, _headerLine) = (at, _line);
                }

                if (letter == '{')
                {
                    var header = _headerAt < 0 ? "" : code[_headerAt..at];
                    var isType = _blocksAreTypes.Peek() && _parentheses == 0 && TypeHeader().IsMatch(header);
                    if (_blocksAreTypes.Peek() && !isType && open is null)
                    {
                        open = new Member(_headerLine, 0, header);
                        depthOfOpen = _blocksAreTypes.Count;
                    }

                    _blocksAreTypes.Push(isType);
                    _headerAt = isType ? -1 : _headerAt;
                }
                else if (letter == '}' && _blocksAreTypes.Count > 1)
                {
                    var wasType = _blocksAreTypes.Pop();
                    if (open is { } member && _blocksAreTypes.Count == depthOfOpen && !ContinuesBehind(at))
                    {
                        yield return member with { Lines = _line - member.Line + 1 };
                        open = null;
                        _headerAt = -1;
                    }

                    _headerAt = wasType ? -1 : _headerAt;
                }
                else if (letter == ';' && _blocksAreTypes.Peek() && _parentheses == 0)
                {
                    if (_headerAt >= 0)
                    {
                        var member = open ?? new Member(_headerLine, 0, code[_headerAt..at]);
                        yield return member with { Lines = _line - member.Line + 1 };
                    }

                    open = null;
                    _headerAt = -1;
                }
            }
        }

        /// <summary>An initialiser or an expression goes on behind its brace, until a semicolon.</summary>
        private bool ContinuesBehind(int at)
        {
            var next = at + 1;
            for (; next < code.Length && char.IsWhiteSpace(code[next]); next++)
            {
            }

            return _parentheses > 0 || (next < code.Length && code[next] is ';' or ',' or ')' or '.' or '?' or '=');
        }

        [GeneratedRegex(@"(^|\s)(class|struct|interface|enum|record|namespace|extension)[\s(]")]
        private static partial Regex TypeHeader();
    }
}
