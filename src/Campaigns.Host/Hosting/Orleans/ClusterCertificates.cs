using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Hosting;

/// <summary>What the three files of <c>Cluster:Tls</c> hold.</summary>
internal sealed record ClusterPem(string Certificate, string Key, string Authority)
{
    public static ClusterPem Read(ClusterTlsSettings files) => new(
        File.ReadAllText(files.Certificate!), File.ReadAllText(files.Key!), File.ReadAllText(files.Authority!));
}

/// <summary>The certificates of one reading of the files.</summary>
/// <param name="Own">This process's, with its key.</param>
/// <param name="Context">The same with the certificates between it and the authority, which are sent along.</param>
internal sealed record ClusterCertificates(
    ClusterPem Pem,
    X509Certificate2 Own,
    SslStreamCertificateContext Context,
    X509Certificate2Collection Authorities)
{
    /// <summary>Whether a failure of <see cref="Parse"/> or of reading is one of the files.</summary>
    public static bool IsOfTheFiles(Exception failure) =>
        failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    public static ClusterCertificates Parse(ClusterPem pem)
    {
        using var ephemeral = X509Certificate2.CreateFromPem(pem.Certificate, pem.Key);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem.Authority);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem.Certificate);
        chain.AddRange(authorities);

        // Straight from PEM the key is ephemeral, which not every platform takes for a server.
        var own = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        return new ClusterCertificates(
            pem, own, SslStreamCertificateContext.Create(own, chain, offline: true), authorities);
    }

    /// <summary>Whether the authority has signed it, directly or by what the other side sent along.</summary>
    public bool Signed(X509Certificate2 certificate, X509Certificate2Collection sentAlong)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sentAlong);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
