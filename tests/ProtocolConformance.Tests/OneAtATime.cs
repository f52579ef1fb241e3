// Some of the tests measure time, and most start processes: side by side they would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
