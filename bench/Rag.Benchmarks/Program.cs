BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Rag.Benchmarks.KeywordSearchBenchmarks).Assembly).Run(args);
