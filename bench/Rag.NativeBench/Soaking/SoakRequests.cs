using Rag.Llama;
using Rag.Llama.Engine;
using Rag.Llama.Grammars;

namespace Rag.NativeBench.Soaking;

/// <summary>Seeded random requests of every kind.</summary>
internal sealed class SoakRequests(int vocabulary, IReadOnlyList<LlamaAdapter> adapters, int checkedPercent, int seed)
{
    private const int FirstWord = 259;

    private static readonly string[] Stops = ["th", "e ", "in", "(", "a", "Z9"];

    private readonly Random _random = new(seed);

    private readonly Grammar[] _grammars =
    [
        Grammar.Parse("root ::= \"{\\\"n\\\":\" [1-9] [0-9]{0,3} \"}\""),
        Grammar.Parse("root ::= item (\",\" item)*\nitem ::= [a-z]+ | \"[\" root \"]\""),
    ];

    private readonly int[][] _beginnings = [.. Enumerable.Range(1, 6).Select(i => Prompts.Of(vocabulary, 20 * i, i))];

    public SoakRequest Next()
    {
        var kind = _random.Next(100);
        var request = new GenerationRequest(Prompt())
        {
            MaxTokens = _random.Next(1, 40),
            Sampling = kind < 65 ? EngineRun.Greedy : new() { Temperature = 1, Seed = (uint)_random.Next() },
            Adapters = _random.Next(8) switch { 0 => [new(adapters[0])], 1 => [new(adapters[1], 0.5f)], 2 => [new(adapters[0], 0.25f), new(adapters[1])], _ => [] },
            Overflow = _random.Next(4) == 0 ? ContextOverflow.Slide : ContextOverflow.Stop,
        };
        request = kind switch
        {
            < 12 => request with { Stop = [Stops[_random.Next(Stops.Length)], Stops[_random.Next(Stops.Length)]] },
            < 26 or > 94 => request with { Grammar = new(_grammars[_random.Next(_grammars.Length)], _random.Next(3) == 0 ? "a" : null) },
            < 36 => request with { Beams = new() { Width = _random.Next(1, 4), Best = 1, MaxTokens = 16 }, MaxTokens = 16, Overflow = ContextOverflow.Stop },
            _ => request,
        };
        return Left(request);
    }

    private SoakRequest Left(GenerationRequest request)
    {
        var leaving = _random.Next(100) switch { < 2 => Leaving.BeforeTheStart, < 12 => Leaving.ByToken, < 18 => Leaving.ByTime, < 24 => Leaving.ByBreak, _ => Leaving.AtTheEnd };
        // only a greedy choice can be compared: a draw may fall between two roundings of the same logits
        var isChecked = leaving == Leaving.AtTheEnd && request.Sampling.Temperature == 0 && _random.Next(100) < checkedPercent;
        var roomy = _random.Next(2) == 0 || request.Beams is not null;
        return new(isChecked && request.Beams is null ? request with { Alternatives = 2 } : request, leaving, _random.Next(1, 12), roomy, isChecked);
    }

    private int[] Prompt()
    {
        int[] tail = [.. Enumerable.Range(0, _random.Next(1, 60)).Select(_ => _random.Next(FirstWord, vocabulary))];
        return _random.Next(3) == 0 ? [.. _beginnings[_random.Next(_beginnings.Length)], .. tail] : tail;
    }
}
