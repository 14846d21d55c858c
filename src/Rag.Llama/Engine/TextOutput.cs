using System.Threading.Channels;
using Rag.Llama.Decoding;

namespace Rag.Llama.Engine;

/// <summary>Turns the tokens of one generation into text and hands it to whoever reads it.</summary>
internal sealed class TextOutput(GenerationRequest request, LlamaVocabulary vocabulary, ChannelWriter<GenerationUpdate> reader)
{
    private readonly Utf8Pieces _characters = new();
    private readonly StopScanner _scanner = new(request.Stop);
    private List<SampledToken> _tokens = [];

    /// <summary>Takes a token; true when a stop text is complete.</summary>
    public bool Take(SampledToken token)
    {
        if (request.Alternatives is not null)
        {
            _tokens.Add(token);
        }

        if (request.WithControlTokens || !vocabulary.IsControl(token.Token))
        {
            Write(_scanner.Push(_characters.Push(vocabulary.PieceOf(token.Token).Span)));
        }

        return _scanner.Matched is not null;
    }

    /// <summary>Hands out what was held back.</summary>
    public void Flush()
    {
        if (_scanner.Matched is null)
        {
            Write(_scanner.Push(_characters.Flush()) + _scanner.Flush());
        }

        Write("", force: _tokens.Count > 0);
    }

    /// <summary>Writes a whole text.</summary>
    public void Write(string text, bool force = false)
    {
        if (text.Length > 0 || force)
        {
            reader.TryWrite(new GenerationUpdate.Piece(text, _tokens));
            _tokens = [];
        }
    }
}
