using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Answers;

/// <summary>What an endpoint answers; written once, at the end of the request.</summary>
internal abstract class Answer
{
    public abstract void Write(HttpContext http);
}
