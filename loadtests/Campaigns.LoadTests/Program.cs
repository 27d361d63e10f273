using Campaigns.LoadTests.Runs;

return await LoadCommandLine.RunAsync(args, Console.Out, Console.Error);
