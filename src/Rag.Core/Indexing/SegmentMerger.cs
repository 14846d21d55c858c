namespace Rag.Indexing;

/// <summary>Joins segments into one and leaves out documents that are gone.</summary>
internal static class SegmentMerger
{
    /// <summary>One segment with the living documents of <paramref name="parts"/>, in their order.</summary>
    public static Segment Merge(LiveSegment[] parts)
    {
        var (documents, chunkMaps) = MergeDocuments(parts);
        var postings = parts.Sum(p => (long)p.Segment.PostingChunks.Length);
        var output = new Postings(checked((int)postings), parts.Sum(p => p.Segment.TermChars.Length), parts.Sum(p => p.Segment.TermCount));
        int[][] termMaps = [.. parts.Select(p => new int[p.Segment.TermCount])];
        var cursors = parts.Select((p, i) => new Cursor(p.Segment, chunkMaps[i])).ToArray();
        while (Smallest(cursors) is var first and >= 0)
        {
            var key = cursors[first].Key;
            var term = cursors[first].Term;
            for (var part = first; part < cursors.Length; part++)
            {
                ref var cursor = ref cursors[part];
                if (part == first || (cursor.Key == key && !cursor.AtEnd && cursor.Term.SequenceEqual(term)))
                {
                    termMaps[part][cursor.Next] = output.Terms;
                    output.Append(cursor.Segment, cursor.Next, cursor.ChunkMap);
                    cursor.MoveNext();
                }
            }

            output.EndTerm(term);
        }

        var (tokens, tokenStarts) = MergeTokens(parts, chunkMaps, termMaps);
        return output.ToSegment(documents, tokens, tokenStarts);
    }

    private static (int[] Tokens, int[] Starts) MergeTokens(LiveSegment[] parts, int[][] chunkMaps, int[][] termMaps)
    {
        List<int> starts = [0];
        var tokens = GC.AllocateUninitializedArray<int>(checked((int)parts.Sum(p => (long)p.Segment.Tokens.Length)));
        var end = 0;
        for (var part = 0; part < parts.Length; part++)
        {
            for (var chunk = 0; chunk < chunkMaps[part].Length; chunk++)
            {
                if (chunkMaps[part][chunk] >= 0)
                {
                    foreach (var token in parts[part].Segment.TokensOf(chunk))
                    {
                        tokens[end++] = termMaps[part][token];
                    }

                    starts.Add(end);
                }
            }
        }

        return (tokens.Length == end ? tokens : tokens[..end], [.. starts]);
    }

    /// <summary>The first of the parts whose next term is smallest, or -1 when all are exhausted.</summary>
    private static int Smallest(ReadOnlySpan<Cursor> cursors)
    {
        var best = -1;
        var bestKey = ulong.MaxValue;
        for (var part = 0; part < cursors.Length; part++)
        {
            ref readonly var cursor = ref cursors[part];
            if (cursor.Key <= bestKey && !cursor.AtEnd && (best < 0 || cursor.Key < bestKey || cursor.Term.SequenceCompareTo(cursors[best].Term) < 0))
            {
                (best, bestKey) = (part, cursor.Key);
            }
        }

        return best;
    }

    private static (SegmentDocuments Documents, int[][] ChunkMaps) MergeDocuments(LiveSegment[] parts)
    {
        var documents = new SegmentDocuments();
        var maps = new int[parts.Length][];
        for (var part = 0; part < parts.Length; part++)
        {
            var segment = parts[part].Segment;
            var map = maps[part] = new int[segment.ChunkCount];
            Array.Fill(map, -1);
            for (var document = 0; document < segment.DocumentCount; document++)
            {
                if (!parts[part].IsDead(document))
                {
                    documents.Add(segment, document, map);
                }
            }
        }

        return (documents, maps);
    }

    private sealed class Postings(int maxPostings, int maxTermChars, int maxTerms)
    {
        private readonly int[] _chunks = GC.AllocateUninitializedArray<int>(maxPostings);
        private readonly ushort[] _counts = GC.AllocateUninitializedArray<ushort>(maxPostings);
        private readonly char[] _termChars = GC.AllocateUninitializedArray<char>(maxTermChars);
        private readonly int[] _termStarts = new int[maxTerms + 1];
        private readonly int[] _postingStarts = new int[maxTerms + 1];
        private int _terms;
        private int _end;

        /// <summary>Terms kept so far, which is the number of the next one.</summary>
        public int Terms => _terms;

        public void Append(Segment from, int term, int[] chunkMap)
        {
            var (start, end) = (from.PostingStarts[term], from.PostingStarts[term + 1]);
            for (var i = start; i < end; i++)
            {
                var chunk = chunkMap[from.PostingChunks[i]];
                if (chunk >= 0)
                {
                    _chunks[_end] = chunk;
                    _counts[_end++] = from.PostingCounts[i];
                }
            }
        }

        /// <summary>Keeps the term unless all its postings are gone.</summary>
        public void EndTerm(ReadOnlySpan<char> term)
        {
            if (_end == _postingStarts[_terms])
            {
                return;
            }

            term.CopyTo(_termChars.AsSpan(_termStarts[_terms]));
            _termStarts[_terms + 1] = _termStarts[_terms] + term.Length;
            _postingStarts[++_terms] = _end;
        }

        public Segment ToSegment(SegmentDocuments documents, int[] tokens, int[] tokenStarts) => documents.With(
            Cut(_termChars, _termStarts[_terms]), Cut(_termStarts, _terms + 1), Cut(_postingStarts, _terms + 1), Cut(_chunks, _end), Cut(_counts, _end), tokens, tokenStarts);

        private static T[] Cut<T>(T[] array, int length) => array.Length == length ? array : array.AsSpan(0, length).ToArray();
    }

    /// <summary>The first term of a part that is not merged yet.</summary>
    private struct Cursor
    {
        public readonly Segment Segment;
        public readonly int[] ChunkMap;

        public Cursor(Segment segment, int[] chunkMap)
        {
            (Segment, ChunkMap, Next) = (segment, chunkMap, -1);
            MoveNext();
        }

        public ulong Key { get; private set; }

        public int Next { get; private set; }

        public readonly bool AtEnd => Next == Segment.TermCount;

        public readonly ReadOnlySpan<char> Term => Segment.Term(Next);

        public void MoveNext()
        {
            Next++;
            Key = AtEnd ? ulong.MaxValue : TermKey.Of(Term);
        }
    }
}
