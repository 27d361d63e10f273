using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.OpenApi;

/// <summary>Makes a page once and keeps it: writing the OpenAPI document costs more than many draws.</summary>
internal sealed class KeptPage(RequestDelegate page)
{
    private byte[]? _kept;
    private string? _type;

    public async Task InvokeAsync(HttpContext http)
    {
        if (_kept is null)
        {
            await MakeAsync(http);
        }

        http.Response.ContentType = _type;
        http.Response.ContentLength = _kept!.Length;
        await http.Response.Body.WriteAsync(_kept, http.RequestAborted);
    }

    private async Task MakeAsync(HttpContext http)
    {
        var body = http.Response.Body;
        using var made = new MemoryStream();
        http.Response.Body = made;
        try
        {
            await page(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        _type = http.Response.ContentType;
        _kept = made.ToArray();
    }
}
