using System.Runtime.InteropServices;

namespace Rag.Llama.Engine;

/// <summary>Gives a request its sequences, with as much of its prompt in them as another request has read already.</summary>
/// <param name="sharesBeginnings">Whether the model can forget a part of a sequence; recurrent models cannot, and then every prompt is read.</param>
internal sealed class Admission(bool sharesBeginnings)
{
    // A beginning this long is waited for while another request reads it: reading it again beside it would be no faster.
    private const int WorthWaitingFor = 32;

    /// <summary>Places a request, or leaves it waiting: for sequences, or for another one that is reading the same beginning.</summary>
    public bool TryPlace(GenerationRun generation, IReadOnlyList<GenerationRun> active, SequenceMemory memory, LlamaContext context)
    {
        if (memory.Available < 1 + generation.Continuation.MoreSequences)
        {
            return false;
        }

        var tokens = CollectionsMarshal.AsSpan(generation.Tokens)[..^1]; // the last one is read again, for its logits
        var (kept, keptLength) = sharesBeginnings ? memory.Longest(tokens, generation.Adapters) : (null, 0);
        var (live, liveLength, comingLength) = sharesBeginnings ? Live(tokens, generation.Adapters, active) : (null, 0, 0);
        if (comingLength >= WorthWaitingFor && comingLength > Math.Max(keptLength, liveLength))
        {
            return false;
        }

        if (live is not null && liveLength > keptLength)
        {
            generation.Sequence = memory.Take();
            context.Copy(live.Sequence, generation.Sequence, liveLength);
        }
        else if (kept is not null && (keptLength == kept.Tokens.Length || memory.Available == 1))
        {
            generation.Sequence = memory.Claim(kept);
            context.Remove(generation.Sequence, keptLength);
        }
        else
        {
            if (kept is not null)
            {
                memory.Touch(kept);
            }

            generation.Sequence = memory.Take();
            if (kept is not null)
            {
                context.Copy(kept.Sequence, generation.Sequence, keptLength);
            }
        }

        generation.Place(Math.Max(keptLength, liveLength), [.. Enumerable.Range(0, generation.Continuation.MoreSequences).Select(_ => memory.Take())]);
        return true;
    }

    /// <summary>The request in a slot that has read most of the same beginning, how much, and how much some request in a slot will have read.</summary>
    private static (GenerationRun? Live, int Length, int ComingLength) Live(ReadOnlySpan<int> tokens, string adapters, IReadOnlyList<GenerationRun> active)
    {
        GenerationRun? best = null;
        var (length, coming) = (0, 0);
        foreach (var other in active)
        {
            // beams move from sequence to sequence once they write
            if (other.Adapters != adapters || (other.HasBegun && other.MoreSequences.Length > 0))
            {
                continue;
            }

            var common = tokens.CommonPrefixLength(CollectionsMarshal.AsSpan(other.Tokens));
            var read = Math.Min(common, other.Decoded);
            coming = Math.Max(coming, other.HasBegun ? read : common);
            if (read > length)
            {
                (best, length) = (other, read);
            }
        }

        return (best, length, coming);
    }
}
