using System.Globalization;
using Rag.Quality;
using Rag.Quality.Api;
using Rag.Quality.Collections;
using Rag.Quality.Formats;
using Rag.Quality.Pdf;
using Rag.Quality.Python;

// Measures what docs/results/ states. Usage: dotnet run -c Release --project bench/Rag.Quality -- MEASURE... [--data FOLDER] [--count N] [--seed N] [--vectors FOLDER]
// or writes a classic collection in BEIR's layout: convert NAME FOLDER [--data FOLDER]
var data = "../shared/data";
int? count = null;
var seed = 1;
var vectors = "vectors";
Dictionary<string, Func<string, TextWriter, Task>> measures = new()
{
    ["ingest"] = IngestSpeed.MeasureAsync,
    ["search"] = SearchSpeed.MeasureAsync,
    ["search-built"] = SearchSpeed.MeasureBuiltAsync,
    ["retrieval"] = RetrievalQuality.MeasureAsync,
    ["keyword-speed"] = (_, output) => KeywordSpeed.MeasureAsync(count, output),
    ["hybrid-speed"] = (_, output) => HybridSpeed.MeasureAsync(count ?? 100_000, output),
    ["stores"] = (_, output) => StoreSpeed.MeasureAsync(count ?? 100_000, output),
    ["vectors"] = (_, output) => VectorSpeed.MeasureAsync(vectors, count ?? 20_000, output),
    ["vectors-opening"] = (_, output) => VectorOpening.MeasureAsync(vectors, output),
    ["questions"] = DemoQuestions.MeasureAsync,
    ["conversations"] = ConversationQuality.MeasureAsync,
    ["calibration"] = AnswerCalibration.MeasureAsync,
    ["chunking"] = ChunkingQuality.MeasureAsync,
    ["code-chunking"] = CodeChunking.MeasureAsync,
    ["selection"] = SelectionQuality.MeasureAsync,
    ["support"] = SupportQuality.MeasureAsync,
    ["agent-loop"] = (data, output) => AgentLoop.MeasureAsync(data, count ?? 1000, output),
    ["api-kill"] = (_, output) => ApiKill.MeasureAsync(count ?? 100, seed, output),
    ["api-host-of"] = UploadHost.ServeAsync,
    ["api-plain-host-of"] = UploadHost.ServePlainAsync,
    ["api-load"] = (_, output) => ApiLoad.MeasureAsync(count ?? 100_000, output),
    ["api-soak"] = (_, output) => ApiLoad.SoakAsync(count ?? 30, output),
    ["api-faults"] = (_, output) => ApiFaults.MeasureAsync(output),
    ["api-abuse"] = ApiAbuse.MeasureAsync,
    ["api-timing"] = (_, output) => ApiTiming.MeasureAsync(count ?? 5000, seed, output),
    ["formats"] = (_, output) => FormatSpeed.MeasureAsync(count ?? 100_000, output),
    ["enrichment"] = (data, output) => EnrichmentQuality.MeasureAsync(data, seed, output),
    ["fuzz"] = (_, output) => AnswerFuzz.MeasureAsync(count ?? 1_000_000, seed, output),
    ["pdf-fuzz"] = (data, output) => PdfFuzz.MeasureAsync(data, count ?? 20_000, seed, output),
    ["pdf-bombs"] = PdfBombs.MeasureAsync,
    ["pdf-memory"] = PdfMemory.MeasureAsync,
    ["pdf-memory-of"] = (_, output) => PdfMemory.MeasureOneAsync(count ?? 20_000, output),
    ["pdf-boxes"] = (data, output) => PdfBoxes.MeasureAsync(data, seed, output),
    ["python"] = (_, output) => PythonPrograms.MeasureAsync(output),
    ["python-fuzz"] = (_, output) => PythonFuzz.MeasureAsync(count ?? 20_000, seed, output),
    ["pdf-speed"] = PdfSpeed.MeasureAsync,
    ["pdf-speed-of"] = (data, output) => PdfSpeed.MeasureOneAsync(data, output),
};

List<string> names = [];
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--data" when i + 1 < args.Length:
            data = args[++i];
            break;
        case "--vectors" when i + 1 < args.Length:
            vectors = args[++i];
            break;
        case "--count" when i + 1 < args.Length:
            count = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--seed" when i + 1 < args.Length:
            seed = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        default:
            names.Add(args[i]);
            break;
    }
}

if (names is ["convert", .. var arguments])
{
    return await ClassicCollection.ConvertAsync(arguments, data);
}

if (names.Count == 0 || names.Any(n => !measures.ContainsKey(n)) || !Directory.Exists(data))
{
    await Console.Error.WriteLineAsync($"Usage: MEASURE... [--data FOLDER] [--count N] [--seed N] [--vectors FOLDER]. Measures: {string.Join(", ", measures.Keys.Where(n => n != "search-built" && !n.EndsWith("-of", StringComparison.Ordinal)))}. The folder with the evaluation data, here '{data}', must exist.");
    return 2;
}

foreach (var name in names)
{
    await measures[name](data, Console.Out);
}

return 0;
