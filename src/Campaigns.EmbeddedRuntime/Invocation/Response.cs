using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>The outcome of a request: a result, nothing, or an exception.</summary>
public abstract class Response : IDisposable
{
    /// <summary>A success without a result.</summary>
    public static Response Completed { get; } = new ResultResponse<object?>(null);

    public abstract object? Result { get; set; }

    public abstract Exception? Exception { get; set; }

    public static Response FromException(Exception exception) => new FailedResponse(exception);

    public static Response FromResult<TResult>(TResult value) => new ResultResponse<TResult>(value);

    /// <summary>The result, or the exception thrown.</summary>
    public abstract T GetResult<T>();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class ResultResponse<TResult>(TResult value) : Response
    {
        private TResult _value = value;

        public override object? Result
        {
            get => _value;
            set => _value = (TResult)value!;
        }

        public override Exception? Exception
        {
            get => null;
            set => throw new InvalidOperationException("A response with a result has no exception.");
        }

        public override T GetResult<T>() => (T)(object)_value!;
    }

    private sealed class FailedResponse(Exception exception) : Response
    {
        public override object? Result
        {
            get => throw Rethrown();
            set => throw new InvalidOperationException("A response with an exception has no result.");
        }

        public override Exception? Exception { get; set; } = exception;

        public override T GetResult<T>() => throw Rethrown();

        private InvalidOperationException Rethrown()
        {
            ExceptionDispatchInfo.Throw(Exception!);
            return new InvalidOperationException();
        }
    }
}
