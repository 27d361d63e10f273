namespace Campaigns.Bench.Generator;

/// <summary>What a burst sends: the same operation by users who are all different and were never seen before.</summary>
/// <param name="Path">Of the operation; POST.</param>
/// <param name="KeyFile">The development key, base64.</param>
/// <param name="UserPrefix">Users are the prefix and a number.</param>
/// <param name="Requests">Rendered before the clock starts; the burst ends early when they are used up.</param>
/// <param name="Seconds">Nothing is sent after this; 0: until the requests are used up.</param>
/// <param name="Proof">What the body of every good answer holds.</param>
/// <param name="PerSecond">
/// Open loop: sent at even intervals whatever the answers do; 0: closed loop, each connection sends once it has its
/// answer.
/// </param>
/// <param name="LeadIn">The first requests, whose times do not count: every connection is new to the server.</param>
internal sealed record BurstPlan(
    int Port,
    string Path,
    string KeyFile,
    string UserPrefix,
    int Requests,
    int Connections,
    double Seconds,
    string Proof,
    double PerSecond = 0,
    int LeadIn = 0);

/// <summary>What came back.</summary>
/// <param name="Good">201 with the proof in it, the ones after the last second included.</param>
/// <param name="GoodInTime">Those of them that came before the time was up.</param>
/// <param name="Seconds">From the first request to the end of the time, or to the last answer if that came
/// sooner.</param>
/// <param name="Amount">Sum of the amounts in good answers.</param>
/// <param name="Bad">201 without the proof, or an answer that is none.</param>
/// <param name="Statuses">How many answers had which status.</param>
/// <param name="ProcessorMicroseconds">Of the generator, over the whole burst.</param>
/// <param name="P50Milliseconds">From the sending, in open loop from when it was due.</param>
internal sealed record BurstResult(
    long Good,
    long GoodInTime,
    double Seconds,
    long Amount,
    long Bad,
    IReadOnlyDictionary<int, long> Statuses,
    double ProcessorMicroseconds,
    double P50Milliseconds,
    double P99Milliseconds,
    double P999Milliseconds,
    double MaxMilliseconds,
    string? FirstFault);
