using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Campaigns.LoadTests.Tests.Targets;

/// <summary>A target that is not what it should be ends the run with words, whatever it answers.</summary>
public sealed class OpsClientTests
{
    [Theory]
    [InlineData(200, """{"phase":"warm-up"}""", "has c not live after")]
    [InlineData(200, "<html>", "answered with something else than JSON")]
    [InlineData(403, "no", "was answered 403: no")]
    public async Task Launch_EndsWithWords(int status, string body, string message)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var target = builder.Build();
        target.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        await target.StartAsync();
        using var ops = new OpsClient(
            new Uri(target.Urls.Single()), new TokenSigner(new byte[32], DateTimeOffset.UnixEpoch),
            TimeSpan.FromMilliseconds(100));
        var refused = await Should.ThrowAsync<TargetException>(() => ops.LaunchAsync("c", "{}"));
        refused.Message.ShouldContain(message);
    }
}
