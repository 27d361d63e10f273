namespace Campaigns.Architecture.Tests;

/// <summary>
/// C# source with the content of comments, strings and characters blanked out; every line keeps its number. Enough to
/// count braces by; no parser, so it follows no language version.
/// </summary>
internal sealed class CSharpText
{
    private readonly string _source;
    private readonly char[] _code;
    private int _at;

    private CSharpText(string source)
    {
        _source = source;
        _code = source.ToCharArray();
    }

    public static string Blank(string source)
    {
        var text = new CSharpText(source);
        text.SkipCode(untilBrace: false);
        return new string(text._code);
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    /// <summary>Reads on to the end, or behind the closing brace of an interpolation's hole.</summary>
    private void SkipCode(bool untilBrace)
    {
        var depth = 0;
        while (_at < _source.Length)
        {
            if (untilBrace && Current == '}' && depth == 0)
            {
                return;
            }

            depth += Current switch { '{' => 1, '}' => -1, _ => 0 };
            if (!SkipTrivia() && !SkipText())
            {
                _at++;
            }
        }
    }

    private bool SkipTrivia()
    {
        var start = _at;
        switch (Current, Peek(1))
        {
            case ('/', '/'):
            case ('#', _) when IsFirstOnLine():
                MoveTo(_source.IndexOf('\n', _at));
                break;
            case ('/', '*'):
                MoveTo(_source.IndexOf("*/", _at + 2, StringComparison.Ordinal), 2);
                break;
            case ('\'', _):
                _at += Peek(1) == '\\' ? 2 : 1;
                MoveTo(_source.IndexOf('\'', _at + 1), 1);
                break;
            default:
                return false;
        }

        Blank(start);
        return true;
    }

    private bool SkipText()
    {
        var start = _at;
        var dollars = 0;
        var verbatim = false;
        var at = _at;
        for (; at < _source.Length && _source[at] is '$' or '@'; at++)
        {
            dollars += _source[at] == '$' ? 1 : 0;
            verbatim |= _source[at] == '@';
        }

        if (at >= _source.Length || _source[at] != '"')
        {
            return false;
        }

        _at = at;
        var quotes = 0;
        for (; Peek(quotes) == '"'; quotes++)
        {
        }

        if (quotes == 2)
        {
            _at += 2;
        }
        else
        {
            _at += quotes;
            SkipContent(quotes, dollars, verbatim);
        }

        Blank(start);
        return true;
    }

    private void SkipContent(int quotes, int dollars, bool verbatim)
    {
        var raw = quotes >= 3;
        while (_at < _source.Length)
        {
            if (Current == '\\' && !verbatim && !raw)
            {
                _at += 2;
            }
            else if (Current == '"' && Count('"') is var run)
            {
                if (raw ? run >= quotes : !verbatim || run % 2 == 1)
                {
                    _at += raw || verbatim ? run : 1;
                    return;
                }

                _at += run;
            }
            else if (Current == '{' && dollars > 0 && Count('{') is var braces)
            {
                SkipHole(braces, raw ? dollars : 1, raw);
            }
            else
            {
                _at++;
            }
        }
    }

    private void SkipHole(int braces, int needed, bool raw)
    {
        var opens = raw ? braces >= needed : braces % 2 == 1;
        _at += braces;
        if (opens)
        {
            SkipCode(untilBrace: true);
            _at += needed;
        }
    }

    private int Count(char letter)
    {
        var count = 0;
        for (; Peek(count) == letter; count++)
        {
        }

        return count;
    }

    private bool IsFirstOnLine()
    {
        var before = _at - 1;
        for (; before >= 0 && _source[before] is ' ' or '\t'; before--)
        {
        }

        return before < 0 || _source[before] == '\n';
    }

    private void MoveTo(int index, int behind = 0) => _at = index < 0 ? _source.Length : index + behind;

    private void Blank(int from)
    {
        for (var at = from; at < Math.Min(_at, _code.Length); at++)
        {
            _code[at] = _code[at] == '\n' ? '\n' : ' ';
        }

        // Something stays, so that a statement of nothing but a string is still a statement.
        if (_source[from] is '"' or '$' or '@' or '\'')
        {
            _code[from] = '0';
        }
    }
}
