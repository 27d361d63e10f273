using Campaigns.Gateway.Auth;
using Campaigns.Peers;
using Campaigns.Peers.Draws;
using Campaigns.Peers.Tokens;

// Campaigns.Peers MODE KEYFILE [ARGUMENT]: one peer on a free port, until a signal.
var (mode, keyFile, argument) = (args[0], args[1], args.Length > 2 ? args[2] : "");
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.WebHost.ConfigureKestrel(ServerSettings.Apply);
var makeStore = await PeerStores.AddAsync(builder, mode, argument);
await using var app = builder.Build();

var auth = new AuthOptions { Development = true, DevelopmentKey = DevTokens.ReadKey(keyFile) };
var tokens = new TokenReader(auth, new SigningKeys(auth, TimeProvider.System), TimeProvider.System);
app.UseRouting();
var store = makeStore(app.Services);
new DrawEndpoint(new TokenCheck(tokens), store).Map(app);
if (store is not null)
{
    PoolEndpoints.Map(app, store);
}

await app.StartAsync();
Console.WriteLine($"ready: {app.Urls.First()}");
await app.WaitForShutdownAsync();
if (store is IAsyncDisposable asynchronous)
{
    await asynchronous.DisposeAsync();
}

(store as IDisposable)?.Dispose();
