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

    /// <summary>The authority's files stay; those of the members come from one that it has signed.</summary>
    [ClusterFact]
    public async Task RenewedFiles_AreShownToWhoComesNext_WithTheChain()
    {
        using var between = Authority("between", _authority);
        using var first = Issue(between);
        await using var cluster = Protected(first, between);
        await cluster.Cluster.EnsureAsync();
        using (var api = cluster.Cluster.Client())
        {
            await api.LaunchAsync(PoolDocument.Of("chain", 10, 1_000, shards: 2));
            (await api.DrawAsync("ann", "k", "chain", PoolDocument.Pool)).Status.ShouldBe(201);
        }

        var silo = cluster.Cluster.GatewayPort(0);
        (await ShownAsync(silo, first)).ShouldBe([first.Thumbprint, between.Thumbprint], ignoreOrder: true);

        using var renewed = Issue(between);
        File.WriteAllText(Path.Combine(_folder, "Key.pem"), "half a key");
        (await ShownAsync(silo, first)).ShouldContain(first.Thumbprint);
        Write(renewed, between);
        (await ShownAsync(silo, first)).ShouldBe([renewed.Thumbprint, between.Thumbprint], ignoreOrder: true);
    }

    private ProtectedCluster Protected(X509Certificate2 member, params X509Certificate2[] between)
    {
        var cluster = new TestCluster { SiloCount = 2, GatewayCount = 1 };
        Write(member, between);
        foreach (var name in (string[])["Certificate", "Key", "Authority"])
        {
            cluster.Settings["Campaigns__Cluster__Tls__" + name] = Path.Combine(_folder, name + ".pem");
        }

        return new ProtectedCluster(cluster);
    }

    private void Write(X509Certificate2 member, params X509Certificate2[] between)
    {
        var chain = between.Prepend(member).Select(certificate => certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "Certificate.pem"), string.Join('\n', chain));
        File.WriteAllText(
            Path.Combine(_folder, "Key.pem"), member.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_folder, "Authority.pem"), _authority.ExportCertificatePem());
    }

    /// <summary>The thumbprints of all certificates that the silo sends.</summary>
    private static async Task<IReadOnlyList<string>> ShownAsync(IPEndPoint silo, X509Certificate2 certificate)
    {
        var shown = new List<string>();
        using var client = new TcpClient();
        await client.ConnectAsync(silo);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "campaigns",
            ClientCertificates = [certificate],
            RemoteCertificateValidationCallback = (_, own, chain, _) =>
            {
                shown.AddRange(chain!.ChainPolicy.ExtraStore.Append((X509Certificate2)own!)
                    .Select(one => one.Thumbprint).Distinct());
                return true;
            },
        });
        return shown;
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

    private static X509Certificate2 Authority(string name, X509Certificate2? above = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        if (above is null)
        {
            return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        }

        using var issued = request.Create(above, now.AddMinutes(-45), now.AddHours(20), Guid.NewGuid().ToByteArray());
        return issued.CopyWithPrivateKey(key);
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
