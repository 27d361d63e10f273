using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Campaigns.Host.Settings;
using Orleans.Connections.Security;

namespace Campaigns.Host.Hosting;

/// <summary>
/// TLS of both sides: each shows the certificate of its files, and takes one that the cluster's authority has signed,
/// whatever name it is for: silos are reached by IP addresses that nobody knows beforehand.
/// </summary>
internal sealed class ClusterTls
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _authorities;

    private ClusterTls(X509Certificate2 certificate, X509Certificate2Collection authorities) =>
        (_certificate, _authorities) = (certificate, authorities);

    /// <summary>Null where no certificate is named; throws <see cref="HostException"/> where one is unusable.</summary>
    public static ClusterTls? Read(ClusterTlsSettings settings)
    {
        if (settings is { Certificate: null, Key: null, Authority: null })
        {
            return null;
        }

        if (settings is not { Certificate: { } certificate, Key: { } key, Authority: { } authority })
        {
            throw new HostException("Cluster:Tls needs all of Certificate, Key and Authority, or none.");
        }

        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authority);

            // Straight from PEM the key is ephemeral, which not every platform takes for a server.
            var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            return new ClusterTls(own, authorities);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new HostException("the files of Cluster:Tls cannot be used: " + failure.Message);
        }
    }

    public void Protect(ISiloBuilder silo) => silo.UseTls(_certificate, Configure);

    public void Protect(IClientBuilder client) => client.UseTls(_certificate, Configure);

    private void Configure(TlsOptions options)
    {
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => IsOfThisCluster(certificate);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "campaigns";
    }

    private bool IsOfThisCluster(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
