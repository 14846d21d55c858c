namespace Rag.Indexing;

/// <summary>Collects the documents of a merged segment.</summary>
internal sealed class SegmentDocuments
{
    private readonly List<int> _lengths = [];
    private readonly List<int> _chunkDocuments = [];
    private readonly List<int> _firstChunks = [0];
    private readonly List<int> _keys = [];
    private readonly List<char> _idChars = [];
    private readonly List<int> _idStarts = [0];
    private readonly List<string?> _languages = [];
    private readonly List<int> _documentLanguages = [];

    /// <summary>Takes over a document and notes the new numbers of its chunks.</summary>
    public void Add(Segment from, int document, int[] chunkMap)
    {
        for (var chunk = from.FirstChunks[document]; chunk < from.FirstChunks[document + 1]; chunk++)
        {
            chunkMap[chunk] = _lengths.Count;
            _lengths.Add(from.Lengths[chunk]);
            _chunkDocuments.Add(_keys.Count);
        }

        _firstChunks.Add(_lengths.Count);
        _keys.Add(from.Keys[document]);
        _idChars.AddRange(from.DocumentId(document).Span);
        _idStarts.Add(_idChars.Count);
        _documentLanguages.Add(Language(from.Languages[from.DocumentLanguages[document]]));
    }

    public Segment With(char[] termChars, int[] termStarts, int[] postingStarts, int[] postingChunks, ushort[] postingCounts, int[] tokens, int[] tokenStarts) => new()
    {
        TermChars = termChars,
        TermStarts = termStarts,
        PostingStarts = postingStarts,
        PostingChunks = postingChunks,
        PostingCounts = postingCounts,
        Tokens = tokens,
        TokenStarts = tokenStarts,
        Lengths = [.. _lengths],
        ChunkDocuments = [.. _chunkDocuments],
        FirstChunks = [.. _firstChunks],
        Keys = [.. _keys],
        IdChars = [.. _idChars],
        IdStarts = [.. _idStarts],
        Languages = [.. _languages],
        DocumentLanguages = [.. _documentLanguages],
    };

    private int Language(string? language)
    {
        var place = _languages.IndexOf(language);
        if (place < 0)
        {
            place = _languages.Count;
            _languages.Add(language);
        }

        return place;
    }
}
