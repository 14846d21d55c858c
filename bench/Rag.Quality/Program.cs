using Rag.Quality;
using Rag.Quality.Collections;

// Measures what docs/results/ states. Usage: dotnet run -c Release --project bench/Rag.Quality -- MEASURE... [--data FOLDER]
// or writes a classic collection in BEIR's layout: convert NAME FOLDER [--data FOLDER]
Dictionary<string, Func<string, TextWriter, Task>> measures = new()
{
    ["ingest"] = IngestSpeed.MeasureAsync,
    ["search"] = SearchSpeed.MeasureAsync,
    ["search-built"] = SearchSpeed.MeasureBuiltAsync,
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

if (names is ["convert", .. var arguments])
{
    return await ClassicCollection.ConvertAsync(arguments, data);
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
