namespace Orleans.Runtime;

/// <summary>The root of the runtime's own exceptions.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException()
    {
    }

    public OrleansException(string message) : base(message)
    {
    }

    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The configuration cannot work; the message lists every fault.</summary>
[GenerateSerializer]
public sealed class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message) : base(message)
    {
    }

    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A bound was reached, for example the requests queued at one activation. Nothing was executed.</summary>
[GenerateSerializer]
public sealed class LimitExceededException : OrleansException
{
    public LimitExceededException() : base("A limit was exceeded.")
    {
    }

    public LimitExceededException(string message) : base(message)
    {
    }

    public LimitExceededException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"{limitName} exceeded: {current} of {threshold}. {extraInfo}")
    {
    }
}

/// <summary>A gateway refused the request because it is overloaded.</summary>
[GenerateSerializer]
public sealed class GatewayTooBusyException : OrleansException
{
    public GatewayTooBusyException() : base("The gateway is too busy.")
    {
    }

    public GatewayTooBusyException(string message) : base(message)
    {
    }

    public GatewayTooBusyException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The message could not be delivered to any activation.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message)
    {
    }

    private protected OrleansMessageRejectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo is stopping or gone; whether the call was executed is unknown.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("The silo is unavailable.")
    {
    }

    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
