namespace Campaigns.Simulation.Engine;

/// <summary>Whether a process runs: its steps are dropped once it is dead, kept while it is frozen.</summary>
internal sealed class Life
{
    private readonly List<IThreadPoolWorkItem> _held = [];

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    public void Hold(IThreadPoolWorkItem work) => _held.Add(work);

    /// <summary>As kill -9 does.</summary>
    public void Die()
    {
        IsDead = true;
        _held.Clear();
    }

    /// <summary>As SIGSTOP does.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>As SIGCONT does; returns what was kept.</summary>
    public IReadOnlyList<IThreadPoolWorkItem> Thaw()
    {
        IsFrozen = false;
        var held = _held.ToArray();
        _held.Clear();
        return held;
    }

    /// <summary>After the seed: lets what is left run once more, so that it can be disposed of.</summary>
    public void Revive() => IsDead = false;
}
