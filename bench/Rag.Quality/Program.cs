using Rag.Quality;

// Measures what docs/results/ states. Usage: dotnet run -c Release --project bench/Rag.Quality -- MEASURE... [--data FOLDER]
Dictionary<string, Func<string, TextWriter, Task>> measures = new()
{
    ["ingest"] = IngestSpeed.MeasureAsync,
    ["search"] = SearchSpeed.MeasureAsync,
    ["search-built"] = SearchSpeed.MeasureBuiltAsync,
    ["vectors"] = VectorSpeed.MeasureAsync,
    ["questions"] = DemoQuestions.MeasureAsync,
    ["squad"] = ReadingAccuracy.MeasureAsync,
    ["chunking"] = ChunkingQuality.MeasureAsync,
};

var data = "../shared/data";
List<string> names = [];
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--data" && i + 1 < args.Length)
    {
        data = args[++i];
    }
    else
    {
        names.Add(args[i]);
    }
}

if (names.Count == 0 || names.Any(n => !measures.ContainsKey(n)) || !Directory.Exists(data))
{
    await Console.Error.WriteLineAsync($"Usage: MEASURE... [--data FOLDER]. Measures: {string.Join(", ", measures.Keys.Where(n => n != "search-built"))}. The folder with the evaluation data, here '{data}', must exist.");
    return 2;
}

foreach (var name in names)
{
    await measures[name](data, Console.Out);
}

return 0;
