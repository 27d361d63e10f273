using Campaigns.Simulation.Runs;

return CommandLine.Run(args, Console.Out);
