using System.Collections.Concurrent;
using Rag.Llama;
using Rag.Llama.Engine;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench.Soaking;

/// <summary>Two engines over one model, one with much room and one that runs short of it, and a third that computes texts alone.</summary>
internal sealed class SoakEngines(LlamaModel model, ModelSetup setup, StreamCheck check) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LlamaEngine _roomy = new(model, new() { Context = setup.Context(2_048), Slots = 6, KeptBeginnings = 10 });
    private readonly LlamaEngine _tight = new(model, new() { Context = setup.Context(256) with { BatchSize = 64 }, Slots = 6, KeptBeginnings = 4 });
    private readonly LlamaEngine _alone = new(model, new() { Context = setup.Context(512), Slots = 8, KeptBeginnings = 0 });
    private readonly BeamTies _ties = new(model, setup.Context(512), check.Tolerance);
    private readonly ConcurrentQueue<(SoakRequest Request, SoakRun Run)> _unchecked = [];

    public SoakCounts Counts { get; } = new();

    public List<string> Faults { get; } = [];

    public List<MemorySample> Samples { get; } = [];

    /// <summary>Runs requests, some in flight at any time, then lets all end, checks texts and slots, and weighs memory.</summary>
    public async Task RunAsync(SoakRequests source, int requests, int inFlight)
    {
        var left = requests;
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                SoakRequest request;
                lock (gate)
                {
                    if (left-- <= 0)
                    {
                        return;
                    }

                    request = source.Next();
                    Counts.Requests++;
                }

                await RunAsync(request);
            }
        })));
        await CheckSlotsAsync();
        while (_unchecked.TryDequeue(out var ended))
        {
            await CheckAsync(ended.Request, ended.Run);
        }

        var heap = ProcessMemory.HeapMegabytes();
        Samples.Add(new(Counts.Requests, ProcessMemory.ResidentMegabytes(), ProcessMemory.PrivateMegabytes(), ProcessMemory.NativeMegabytes(), heap));
        await Console.Error.WriteLineAsync($"{Counts.Requests} requests, {Counts.Checked} checked, {Counts.Wrong} wrong, {Counts.Failed} failed, {Samples[^1].Resident:F1} MiB");
    }

    public void Dispose()
    {
        _roomy.Dispose();
        _tight.Dispose();
        _alone.Dispose();
        _ties.Dispose();
    }

    private async Task RunAsync(SoakRequest request)
    {
        try
        {
            var run = await SoakRun.OfAsync(request.Roomy ? _roomy : _tight, request);
            Counts.Ended(run.Result is not null);
            if (request.IsChecked)
            {
                _unchecked.Enqueue((request, run));
            }
        }
#pragma warning disable CA1031 // whatever a request fails with is what is looked for
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (Faults)
            {
                Counts.Failed++;
                Faults.Add($"Failed: {e.GetType().Name}: {e.Message} {FirstFrame(e)} {request}");
            }
        }
    }

    private async Task CheckAsync(SoakRequest request, SoakRun among)
    {
        var (fault, parted, difference) = request.Request.Beams is null
            ? check.Compare(among, await SoakRun.OfAsync(_alone, request), model.Vocabulary.EndTokens)
            : CheckBeams(request, among.Result!.Best[0]);
        Counts.Checked++;
        Counts.Parted += parted ? 1 : 0;
        Counts.PartedBeams += parted && request.Request.Beams is not null ? 1 : 0;
        Counts.Difference = Math.Max(Counts.Difference, difference);
        if (fault is not null)
        {
            Counts.Wrong++;
            Faults.Add($"Wrong: {fault}; {request}, cached {among.Result!.CachedTokens}, steps {among.Result.StepsToFirstToken}{await AgainAsync(request, among)}");
        }
    }

    // Either of two texts that differ may be the wrong one.
    private async Task<string> AgainAsync(SoakRequest request, SoakRun among)
    {
        if (request.Request.Beams is not null)
        {
            return "";
        }

        var engine = request.Roomy ? _roomy : _tight;
        var (alone, again) = (await SoakRun.OfAsync(_alone, request), await SoakRun.OfAsync(engine, request));
        var ends = model.Vocabulary.EndTokens;
        return $"; against another text alone: {check.Compare(among, alone, ends).Fault ?? "right"}; the same engine again: {check.Compare(again, alone, ends).Fault ?? "right"}";
    }

    private (string? Fault, bool Parted, double Difference) CheckBeams(SoakRequest request, GeneratedText best) => _ties.TriesToReach(request.Request, best) is { } tries
        ? (null, tries > 0, 0)
        : ($"beams: no plain search finds '{best.Text}' at {best.LogProbability:F3}", false, 0);

    private static string FirstFrame(Exception e) => e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Rag.Llama.", StringComparison.Ordinal))?.Split(" in ")[0].Trim() ?? "";

    // A slot is given back by the engine's thread a moment after its caller has left.
    private async Task CheckSlotsAsync()
    {
        foreach (var engine in (LlamaEngine[])[_roomy, _tight])
        {
            var waited = TimeSpan.Zero;
            for (var step = TimeSpan.FromMilliseconds(5); engine.ActiveCount + engine.WaitingCount > 0 && waited < Patience; waited += step)
            {
                await Task.Delay(step);
            }

            Counts.Stuck += engine.ActiveCount + engine.WaitingCount;
        }
    }
}

/// <summary>What came of all requests.</summary>
internal sealed class SoakCounts
{
    private int _completed;
    private int _left;

    public int Requests { get; set; }

    public int Completed => _completed;

    public int Left => _left;

    public int Failed { get; set; }

    public int Checked { get; set; }

    public int Wrong { get; set; }

    /// <summary>Texts that parted from those written alone where two tokens were equally probable.</summary>
    public int Parted { get; set; }

    /// <summary>Beam searches among these.</summary>
    public int PartedBeams { get; set; }

    /// <summary>The greatest difference of a token's log-probability.</summary>
    public double Difference { get; set; }

    public int Stuck { get; set; }

    public void Ended(bool completed) => Interlocked.Increment(ref completed ? ref _completed : ref _left);
}

/// <summary>Memory after so many requests, in MiB.</summary>
internal sealed record MemorySample(int Requests, double Resident, double Private, double Native, double Heap);
