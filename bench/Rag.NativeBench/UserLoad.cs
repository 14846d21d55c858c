using System.Diagnostics;
using Rag.Llama;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>What several users see: speed together, a short question beside long prompts, a second question on the same document.</summary>
internal static class UserLoad
{
    public const string Usage = "MODEL [--users 1,4,8,16] [--prompt 64] [--tokens 32] [--requests 4] [--rounds 3] [--long 2000] [--short 32] [--document 3000]";

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var path = arguments.Word(0, "a model");
        var setup = ModelSetup.From(arguments);
        var counts = arguments.Numbers("users", 1, 4, 8, 16);
        var (prompt, tokens, requests, rounds) = (arguments.Number("prompt", 64), arguments.Number("tokens", 32), arguments.Number("requests", 4), arguments.Number("rounds", 3));
        var (longPrompt, shortPrompt, document) = (arguments.Number("long", 2000), arguments.Number("short", 32), arguments.Number("document", 3000));
        arguments.RefuseOthers();
        var (model, _) = await setup.LoadAsync(path);
        using var opened = model;
        var name = $"`{Path.GetFileName(path)}`, {setup}";
        return new("users",
        [
            await TogetherAsync(model, setup, name, counts, prompt, tokens, requests),
            await BesideLongAsync(model, setup, name, longPrompt, shortPrompt, rounds),
            await FollowUpAsync(model, setup, name, document, rounds),
        ]);
    }

    private static async Task<Table> TogetherAsync(LlamaModel model, ModelSetup setup, string name, IReadOnlyList<int> counts, int prompt, int tokens, int requests)
    {
        var table = new Table($"Users at once, {requests} requests each, one after the other, {prompt} tokens of prompt and {tokens} of text; {name}", "users", "tok/s together", "times one user", "first token ms, median", "first token ms, p95");
        var one = 0d;
        foreach (var users in counts)
        {
            await using var engine = new LlamaEngine(model, new() { Context = setup.Context((users * (prompt + tokens)) + 256), Slots = users, KeptBeginnings = 0 });
            await EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, prompt, 3999), 4);
            var clock = Stopwatch.StartNew();
            var runs = (await Task.WhenAll(Enumerable.Range(1, users).Select(async user =>
            {
                List<EngineRun> own = [];
                for (var i = 0; i < requests; i++)
                {
                    own.Add(await EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, prompt, (user * 37) + i), tokens));
                }

                return own;
            }))).SelectMany(r => r).ToList();
            var together = runs.Sum(r => r.Result.Tokens) / clock.Elapsed.TotalSeconds;
            one = one == 0 ? together : one;
            table.Add(users, together, together / one, runs.Select(r => r.FirstTokenMilliseconds).Median(), runs.Select(r => r.FirstTokenMilliseconds).Quantile(0.95));
        }

        return table;
    }

    private static async Task<Table> BesideLongAsync(LlamaModel model, ModelSetup setup, string name, int longPrompt, int shortPrompt, int rounds)
    {
        const int Readers = 7;
        var table = new Table($"A question of {shortPrompt} tokens while {Readers} prompts of {longPrompt} are read; {name}", "round", "steps to its first token", "first token ms", "alone ms", "long prompts' first token ms, median");
        await using var engine = new LlamaEngine(model, new() { Context = setup.Context((Readers * (longPrompt + 8)) + shortPrompt + 256), Slots = Readers + 1, KeptBeginnings = 0 });
        for (var round = 1; round <= rounds; round++)
        {
            var alone = await EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, shortPrompt, round * 100), 4);
            var reading = Enumerable.Range(1, Readers).Select(i => EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, longPrompt, (round * 100) + i), 4)).ToList();
            while (engine.ActiveCount < Readers)
            {
                await Task.Yield();
            }

            var question = await EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, shortPrompt, (round * 100) + 50), 4);
            var others = await Task.WhenAll(reading);
            table.Add(round, question.Result.StepsToFirstToken, question.FirstTokenMilliseconds, alone.FirstTokenMilliseconds, others.Select(o => o.FirstTokenMilliseconds).Median());
        }

        return table;
    }

    private static async Task<Table> FollowUpAsync(LlamaModel model, ModelSetup setup, string name, int document, int rounds)
    {
        const int Question = 20;
        var table = new Table($"A second question on the same {document} tokens; {name}", "beginnings kept", "first question's first token ms", "second's", "share", "tokens not read again");
        foreach (var kept in (int[])[16, 0])
        {
            await using var engine = new LlamaEngine(model, new() { Context = setup.Context((2 * (document + Question + 16)) + 256), Slots = 2, KeptBeginnings = kept });
            List<(EngineRun First, EngineRun Second)> runs = [];
            for (var round = 1; round <= rounds; round++)
            {
                var text = Prompts.Of(model.Vocabulary.Count, document, round);
                var first = await EngineRun.OfAsync(engine, [.. text, .. Prompts.Of(model.Vocabulary.Count, Question, 1001)], 8);
                runs.Add((first, await EngineRun.OfAsync(engine, [.. text, .. Prompts.Of(model.Vocabulary.Count, Question, 1002)], 8)));
            }

            table.Add(
                kept,
                runs.Select(r => r.First.FirstTokenMilliseconds).Median(),
                runs.Select(r => r.Second.FirstTokenMilliseconds).Median(),
                runs.Select(r => r.Second.FirstTokenMilliseconds / r.First.FirstTokenMilliseconds).Median(),
                runs[^1].Second.Result.CachedTokens);
        }

        return table;
    }
}
