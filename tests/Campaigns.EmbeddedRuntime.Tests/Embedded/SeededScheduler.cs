using Orleans.Embedded;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

/// <summary>Runs everything on the test's own thread, in an order that the seed decides.</summary>
internal sealed class SeededScheduler(int seed) : IEmbeddedScheduler, IMessageDelivery
{
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly Random _random = new(seed);
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public int TurnsPerSlice => 1;

    /// <summary>Where each message goes; by default to the silo that sent it.</summary>
    public Func<GrainMessage, EmbeddedSilo?> Route { get; set; } = message => message.Origin;

    /// <summary>Work that came from another thread: something has escaped.</summary>
    public int Escapes { get; private set; }

    public void Schedule(IThreadPoolWorkItem work)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Escapes++;
        _ready.Add(work);
    }

    /// <summary>Delivers later, at a time of the seed's choice, or never when there is no route.</summary>
    public void Send(GrainMessage message) => Schedule(new Delivery(() =>
    {
        if (Route(message) is { } silo)
            message.DeliverTo(silo);
    }));

    /// <summary>Runs until nothing is left to do.</summary>
    public void Run()
    {
        while (_ready.Count > 0)
        {
            var index = _random.Next(_ready.Count);
            var work = _ready[index];
            _ready.RemoveAt(index);
            work.Execute();
        }
    }

    private sealed class Delivery(Action deliver) : IThreadPoolWorkItem
    {
        public void Execute() => deliver();
    }
}
