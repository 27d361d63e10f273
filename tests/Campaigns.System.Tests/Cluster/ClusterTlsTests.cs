using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Campaigns.System.Tests.Documents;

namespace Campaigns.System.Tests.Cluster;

/// <summary>With certificates of one authority a cluster works, and nobody else gets in.</summary>
public sealed class ClusterTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-tls-").FullName;
    private readonly X509Certificate2 _authority = Authority("the cluster's");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ClusterFact]
    public async Task WithTls_TheClusterServes_AndTakesNoStrangersCertificate()
    {
        using var member = Issue(_authority);
        await using var cluster = Protected(member);
        await cluster.Cluster.EnsureAsync();
        using (var api = cluster.Cluster.Client())
        {
            await api.LaunchAsync(PoolDocument.Of("tls", 10, 1_000, shards: 2));
            (await api.DrawAsync("ann", "k", "tls", PoolDocument.Pool)).Status.ShouldBe(201);
        }

        var silo = cluster.Cluster.GatewayPort(0);
        using var otherAuthority = Authority("somebody's");
        using var stranger = Issue(otherAuthority);
        (await IsTakenAsync(silo, member)).ShouldBeTrue();
        (await IsTakenAsync(silo, stranger)).ShouldBeFalse();
        (await IsTakenAsync(silo, null)).ShouldBeFalse();
    }

    private ProtectedCluster Protected(X509Certificate2 member)
    {
        var files = new[]
        {
            ("Certificate", member.ExportCertificatePem()),
            ("Key", member.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
            ("Authority", _authority.ExportCertificatePem()),
        };
        var cluster = new TestCluster { SiloCount = 2, GatewayCount = 1 };
        foreach (var (name, pem) in files)
        {
            var file = Path.Combine(_folder, name + ".pem");
            File.WriteAllText(file, pem);
            cluster.Settings["Campaigns__Cluster__Tls__" + name] = file;
        }

        return new ProtectedCluster(cluster);
    }

    /// <summary>Whether the silo goes on after the handshake: it closes on who shows the wrong certificate.</summary>
    private async Task<bool> IsTakenAsync(IPEndPoint silo, X509Certificate2? certificate)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var client = new TcpClient();
        await client.ConnectAsync(silo, limit.Token);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "campaigns",
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == _authority.Subject,
                    ClientCertificates = certificate is null ? [] : [certificate],
                },
                limit.Token);
            return await tls.ReadAsync(new byte[1], limit.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            // It waits for what this client has to say.
            return true;
        }
        catch (Exception closed) when (closed is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=campaigns", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            authority, now.AddMinutes(-30), now.AddHours(12), Guid.NewGuid().ToByteArray());
        return X509CertificateLoader.LoadPkcs12(
            issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private sealed class ProtectedCluster(TestCluster cluster) : IAsyncDisposable
    {
        public TestCluster Cluster => cluster;

        public async ValueTask DisposeAsync() => await cluster.DisposeAsync();
    }
}
