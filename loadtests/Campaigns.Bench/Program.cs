using Campaigns.Bench;
using Campaigns.Bench.Generator;

if (args is [GeneratorLoop.Command])
{
    return GeneratorLoop.Run();
}

return await BenchCommand.Create().Parse(args).InvokeAsync();
