using System.CommandLine;
using Campaigns.Host.Commands;

var root = new RootCommand("Backend for flash campaigns: check-ins, red packets, discount quotas.")
{
    UpCommand.Create(),
    SiloCommand.Create(),
    GatewayCommand.Create(),
    ClusterCommand.Create(),
    MigrateCommand.Create(),
    ProbeCommand.Create(),
    TokenCommand.Create(),
    ImportCommand.Create(),
    AuditCommand.Create(),
    VerifyCommand.Create(),
    ExportCommand.Create(),
    BackupCommand.Create(),
};

return await CommandLine.RunAsync(root, args is [] ? ["up"] : args);
