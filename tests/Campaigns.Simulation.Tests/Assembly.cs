// Each test that runs many seeds takes all processors; side by side they would only take longer.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
