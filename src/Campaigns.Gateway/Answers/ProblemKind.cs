using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Answers;

/// <summary>A stable error code of the contract with its HTTP status and title.</summary>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    public static readonly ProblemKind Malformed =
        new("malformed", StatusCodes.Status400BadRequest, "The body is not well-formed JSON");

    public static readonly ProblemKind Invalid =
        new("invalid", StatusCodes.Status400BadRequest, "The request is not valid");

    public static readonly ProblemKind IdempotencyKeyRequired =
        new("idempotency-key-required", StatusCodes.Status400BadRequest, "This operation needs an Idempotency-Key");

    public static readonly ProblemKind Unauthenticated =
        new("unauthenticated", StatusCodes.Status401Unauthorized, "The caller is not authenticated");

    public static readonly ProblemKind Forbidden =
        new("forbidden", StatusCodes.Status403Forbidden, "The caller may not do this");

    public static readonly ProblemKind NotFound =
        new("not-found", StatusCodes.Status404NotFound, "There is no such thing");

    public static readonly ProblemKind MethodNotAllowed =
        new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The resource does not have this method");

    public static readonly ProblemKind RequestTimeout =
        new("request-timeout", StatusCodes.Status408RequestTimeout, "The request arrived too slowly");

    public static readonly ProblemKind Stale =
        new("stale", StatusCodes.Status412PreconditionFailed, "The resource has changed since it was read");

    public static readonly ProblemKind ContentTooLarge =
        new("content-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large");

    public static readonly ProblemKind UriTooLong =
        new("uri-too-long", StatusCodes.Status414UriTooLong, "The path and query are too long");

    public static readonly ProblemKind UnsupportedMediaType =
        new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body must be application/json");

    public static readonly ProblemKind KeyReused =
        new("key-reused", StatusCodes.Status422UnprocessableEntity, "The same id came with another body before");

    public static readonly ProblemKind PreconditionRequired =
        new("precondition-required", StatusCodes.Status428PreconditionRequired, "This operation needs an If-Match");

    public static readonly ProblemKind Internal =
        new("internal", StatusCodes.Status500InternalServerError, "The server made a mistake");

    public static readonly ProblemKind Overloaded =
        new("overloaded", StatusCodes.Status503ServiceUnavailable, "Try the same request again");

    /// <summary>A business refusal.</summary>
    public static ProblemKind Refusal(string code, string title) => new(code, StatusCodes.Status409Conflict, title);
}
