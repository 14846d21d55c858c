using BenchmarkDotNet.Attributes;
using Rag.Analysis;

namespace Rag.Benchmarks;

/// <summary>Analysis and sentence splitting of the EF Core documentation as one text; MB/s is its 1.5 MB by the mean.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private static readonly IAnalyzer English = Analyzers.For("en");
    private static readonly IAnalyzer Neutral = Analyzers.For(null);
    private string _text = "";
    private int _characters;

    /// <summary>Reads the documents from <c>RAG_SHARED_DATA</c>, else from <c>../shared/data</c>.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var data = Environment.GetEnvironmentVariable("RAG_SHARED_DATA") ?? Path.Combine("..", "shared", "data");
        var folder = Path.Combine(data, "demo-efcore-docs");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"No documents at '{Path.GetFullPath(folder)}': set RAG_SHARED_DATA to the folder of the evaluation data.");
        }

        _text = string.Join("\n\n", Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Benchmark(Description = "words of UAX #29")]
    public int Words()
    {
        var words = 0;
        foreach (var _ in WordSegmenter.Words(_text))
        {
            words++;
        }

        return words;
    }

    [Benchmark(Description = "Analyzers.For(\"en\")")]
    public int AnalyzeEnglish() => Analyze(English);

    [Benchmark(Description = "Analyzers.For(null)")]
    public int AnalyzeNeutral() => Analyze(Neutral);

    [Benchmark(Description = "Analyzers.LuceneEnglish")]
    public int AnalyzeLucene() => Analyze(Analyzers.LuceneEnglish);

    [Benchmark(Description = "SentenceSegmenter.Split")]
    public int Sentences() => SentenceSegmenter.Split(_text, new(0, _text.Length), "en").Count;

    [Benchmark(Description = "LanguageDetector.Detect")]
    public string? Detect() => LanguageDetector.Detect(_text);

    private int Analyze(IAnalyzer analyzer)
    {
        _characters = 0;
        analyzer.Analyze(_text, (term, _, _) => _characters += term.Length);
        return _characters;
    }
}
