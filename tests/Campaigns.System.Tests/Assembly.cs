// Each test loads the machine with several processes; side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
