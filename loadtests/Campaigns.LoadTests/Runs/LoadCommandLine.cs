using System.CommandLine;
using System.Globalization;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Runs;

/// <summary><c>./campaigns load SCENARIO</c>.</summary>
internal static class LoadCommandLine
{
    /// <summary>Hours of that many fit a time.</summary>
    private const double LongestNumber = 1e6;

    private static readonly LoadOptions Defaults = new() { Scenario = "" };

    private static readonly Argument<string?> Scenario = new("scenario")
    {
        Description = "Which load test; without one they are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> Rate = new("--rate")
    {
        Description = "Iterations per second at the peak. Default: the scenario's.",
    };

    private static readonly Option<string?> Duration = new("--duration")
    {
        Description = "Of the measured part: 30s, 5m, 1h. Default: the scenario's.",
    };

    private static readonly Option<string?> WarmUp = new("--warm-up") { Description = "Before it. Default: 5s." };

    private static readonly Option<string?> TargetOption = new("--target")
    {
        Description = "Address of a running host. Default: a host of the run's own, stopped after it.",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Data folder of the host: signing key, and the database where it is a file.",
    };

    private static readonly Option<string?> SigningKey = new("--signing-key")
    {
        Description = "The target's development signing key, where the data folder is out of reach.",
    };

    private static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = "Connection string of the host's PostgreSQL database, instead of the file.",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder of the reports (Markdown, HTML, CSV, JSON). Default: none but the printed one.",
    };

    private static readonly Option<string?> Configuration = new("--config")
    {
        Description = "NBomber's JSON configuration, a file: load simulations, warm-up and more; wins over the rest.",
    };

    private static readonly Option<int> InFlight = new("--in-flight")
    {
        Description = "Iterations under way at one time; more are not sent and count as failed.",
        DefaultValueFactory = _ => Defaults.InFlight,
    };

    private static readonly Option<int> Capacity = new("--capacity")
    {
        Description = "overload: entries per second that the ledger can take; the run's own host is held down to it.",
        DefaultValueFactory = _ => Defaults.Capacity,
    };

    private static readonly Option<bool> Crash = new("--crash")
    {
        Description = "kill -9 of the run's own host in the middle, and a new start: the audit must hold all the same.",
    };

    private static readonly Option<int> MaxP99 = new("--max-p99")
    {
        Description = "Milliseconds that 99 of 100 answers may take; more sets the exit code.",
        DefaultValueFactory = _ => Defaults.MaxP99,
    };

    private static readonly Option<int> MaxFailed = new("--max-failed")
    {
        Description = "Percent of requests that may fail or be turned away; more sets the exit code.",
        DefaultValueFactory = _ => Defaults.MaxFailed,
    };

    private static readonly Option<string[]> HostSetting = new("--host-setting")
    {
        Description = "A setting of the run's own host, Campaigns__NAME=VALUE; may be repeated.",
    };

    private static readonly Option<string?> Host = new("--host")
    {
        Description = "The host's program. Default: the one that was built together with this.",
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Load tests, audited to the fen; exit code 1 where what must hold does not.")
        {
            Scenario, Rate, Duration, WarmUp, TargetOption, Data, SigningKey, Postgres, Out, Configuration, InFlight,
            Capacity, Crash, MaxP99, MaxFailed, HostSetting, Host,
        };
        root.SetAction((parsed, _) => ActAsync(parsed, output));
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors is [var mistake, ..])
            {
                throw new TargetException(mistake.Message);
            }

            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,
            });
        }
        catch (TargetException refused)
        {
            await error.WriteLineAsync("campaigns load: " + refused.Message);
            return LoadCommand.Refused;
        }
    }

    /// <summary>30s, 5m, 1h or hh:mm:ss.</summary>
    public static TimeSpan ParseTime(string text)
    {
        var digits = text.AsSpan(0, Math.Max(0, text.Length - 1));
        return double.TryParse(digits, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and < LongestNumber && text[^1] is 's' or 'm' or 'h'
            ? TimeSpan.FromSeconds(number * (text[^1] switch { 's' => 1, 'm' => 60, _ => 3600 }))
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero
                && text.Contains(':', StringComparison.Ordinal)
                ? time
                : throw new TargetException($"{text} is no time: use 30s, 5m, 1h or 00:01:30.");
    }

    private static async Task<int> ActAsync(ParseResult parsed, TextWriter output)
    {
        if (parsed.GetValue(Scenario) is not { } name)
        {
            foreach (var scenario in AllScenarios.List)
            {
                await output.WriteLineAsync($"{scenario.Name,-18}{scenario.Summary}");
            }

            return 0;
        }

        var found = AllScenarios.Find(name)
            ?? throw new TargetException($"there is no scenario {name}: see ./campaigns load.");
        return await LoadCommand.RunAsync(found, Read(parsed, name), output);
    }

    private static LoadOptions Read(ParseResult parsed, string scenario)
    {
        var options = new LoadOptions
        {
            Scenario = scenario,
            Rate = parsed.GetValue(Rate),
            Duration = parsed.GetValue(Duration) is { } duration ? ParseTime(duration) : null,
            WarmUp = parsed.GetValue(WarmUp) is { } warmUp ? ParseTime(warmUp) : Defaults.WarmUp,
            Target = parsed.GetValue(TargetOption),
            Data = parsed.GetValue(Data),
            SigningKey = parsed.GetValue(SigningKey),
            Postgres = parsed.GetValue(Postgres),
            Host = parsed.GetValue(Host),
            Out = parsed.GetValue(Out),
            Configuration = parsed.GetValue(Configuration),
            InFlight = parsed.GetValue(InFlight),
            Capacity = parsed.GetValue(Capacity),
            Crash = parsed.GetValue(Crash),
            MaxP99 = parsed.GetValue(MaxP99),
            MaxFailed = parsed.GetValue(MaxFailed),
            HostSettings = parsed.GetValue(HostSetting) ?? [],
        };
        return options is { Rate: > 0 or null, InFlight: > 0, Capacity: > 0 } && options.Duration != TimeSpan.Zero
            ? options
            : throw new TargetException("--rate, --duration, --in-flight and --capacity must be more than 0.");
    }
}
