using System.Net.Security;
using Campaigns.Host.Settings;
using Orleans.Connections.Security;

namespace Campaigns.Host.Hosting;

/// <summary>
/// TLS of both sides: each shows the certificate of its files, and takes one that the cluster's authority has signed,
/// whatever name it is for: silos are reached by IP addresses that nobody knows beforehand. Each handshake reads the
/// files: certificates are renewed while processes live, and handshakes are rare.
/// </summary>
internal sealed partial class ClusterTls
{
    private readonly ClusterTlsSettings _files;
    private readonly ILogger _log = LoggerFactory.Create(logging => logging.AddHostLog()).CreateLogger<ClusterTls>();
    private readonly Lock _gate = new();
    private ClusterCertificates _current;
    private string? _fault;

    private ClusterTls(ClusterTlsSettings files) =>
        (_files, _current) = (files, ClusterCertificates.Parse(ClusterPem.Read(files)));

    /// <summary>Null where no certificate is named; throws <see cref="HostException"/> where one is unusable.</summary>
    public static ClusterTls? Read(ClusterTlsSettings settings)
    {
        if (settings is { Certificate: null, Key: null, Authority: null })
        {
            return null;
        }

        if (settings is not { Certificate: not null, Key: not null, Authority: not null })
        {
            throw new HostException("Cluster:Tls needs all of Certificate, Key and Authority, or none.");
        }

        try
        {
            return new ClusterTls(settings);
        }
        catch (Exception failure) when (ClusterCertificates.IsOfTheFiles(failure))
        {
            throw new HostException("the files of Cluster:Tls cannot be used: " + failure.Message);
        }
    }

    public void Protect(ISiloBuilder silo) => silo.UseTls(_current.Own, Configure);

    public void Protect(IClientBuilder client) => client.UseTls(_current.Own, Configure);

    private void Configure(TlsOptions options)
    {
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, sent, _) =>
            Current().Signed(certificate, sent?.ChainPolicy.ExtraStore ?? []);
        options.OnAuthenticateAsServer = (_, server) =>
        {
            var tls = (SslServerAuthenticationOptions)server.SslServerAuthenticationOptions;
            (tls.ServerCertificate, tls.ServerCertificateSelectionCallback) = (null, null);
            tls.ServerCertificateContext = Current().Context;
        };
        options.OnAuthenticateAsClient = (_, client) =>
        {
            client.TargetHost = "campaigns";
            var tls = (SslClientAuthenticationOptions)client.SslClientAuthenticationOptions;
            (tls.ClientCertificates, tls.LocalCertificateSelectionCallback) = (null, null);
            tls.ClientCertificateContext = Current().Context;
        };
    }

    /// <summary>Files that cannot be used, as one that is half replaced, change nothing.</summary>
    private ClusterCertificates Current()
    {
        lock (_gate)
        {
            try
            {
                var pem = ClusterPem.Read(_files);
                _current = pem == _current.Pem ? _current : ClusterCertificates.Parse(pem);
                _fault = null;
            }
            catch (Exception failure) when (ClusterCertificates.IsOfTheFiles(failure))
            {
                if (failure.Message != _fault)
                {
                    LogFilesUnusable(failure.Message);
                }

                _fault = failure.Message;
            }

            return _current;
        }
    }
}
