using System.Collections.Frozen;
using System.Text;
using Rag.Llama.Binding;

namespace Rag.Llama;

/// <summary>The tokens of a model and the way from text to them. Safe for concurrent use.</summary>
public sealed unsafe class LlamaVocabulary : ITokenCounter
{
    private const int Unknown = 1 << 0;
    private const int Control = 1 << 3;
    private const int UserDefined = 1 << 4;

    private readonly ModelHandle _model;
    private readonly nint _vocabulary;
    private readonly byte[]?[] _pieces;
    private readonly Lazy<FrozenDictionary<string, int>> _special;

    internal LlamaVocabulary(ModelHandle model)
    {
        _model = model;
        _vocabulary = NativeMethods.llama_model_get_vocab(model);
        Count = NativeMethods.llama_vocab_n_tokens(_vocabulary);
        Bos = Known(NativeMethods.llama_vocab_bos(_vocabulary));
        Eos = Known(NativeMethods.llama_vocab_eos(_vocabulary));
        Separator = Known(NativeMethods.llama_vocab_sep(_vocabulary));
        AddsBos = NativeMethods.llama_vocab_get_add_bos(_vocabulary) != 0;
        AddsEos = NativeMethods.llama_vocab_get_add_eos(_vocabulary) != 0;
        AddsSeparator = NativeMethods.llama_vocab_get_add_sep(_vocabulary) != 0;
        _pieces = new byte[]?[Count];
        EndTokens = Enumerable.Range(0, Count).Where(t => NativeMethods.llama_vocab_is_eog(_vocabulary, t) != 0).ToFrozenSet();
        _special = new(FindSpecial);
    }

    /// <summary>Number of tokens; ids run from 0.</summary>
    public int Count { get; }

    /// <summary>The token that begins a text, in BERT models <c>[CLS]</c>; <see langword="null"/> where the model has none.</summary>
    public int? Bos { get; }

    /// <summary>The token that ends a text; <see langword="null"/> where the model has none.</summary>
    public int? Eos { get; }

    /// <summary>The token between two texts; <see langword="null"/> where the model has none.</summary>
    public int? Separator { get; }

    /// <summary>Whether the model wants <see cref="Bos"/> before a text.</summary>
    public bool AddsBos { get; }

    /// <summary>Whether the model wants <see cref="Eos"/> behind a text.</summary>
    public bool AddsEos { get; }

    /// <summary>Whether the model wants <see cref="Separator"/> between two texts, beside what ends the first one.</summary>
    public bool AddsSeparator { get; }

    /// <summary>The tokens that end a generation: end of text, of turn, of message.</summary>
    public IReadOnlySet<int> EndTokens { get; }

    /// <summary>Control and added tokens by the text that stands for them, such as <c>&lt;|im_end|&gt;</c>. Text from documents must never become one of them.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens => _special.Value;

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Lone surrogates become U+FFFD.</param>
    /// <param name="addSpecial">Whether the model's own tokens for beginning and end are added, as <see cref="AddsBos"/> and <see cref="AddsEos"/> say.</param>
    /// <param name="parseSpecial">Whether the texts of control tokens become those tokens: only for text of our own, never for text from documents or users.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public int[] Tokenize(ReadOnlySpan<char> text, bool addSpecial = false, bool parseSpecial = false)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        using var open = new Open(_model);
        // a text has hardly more tokens than bytes; where it has, the call says how many
        var tokens = new int[bytes.Length + 8];
        var count = Tokenize(bytes, tokens, addSpecial, parseSpecial);
        if (count < 0)
        {
            tokens = new int[-count];
            count = Tokenize(bytes, tokens, addSpecial, parseSpecial);
        }

        return tokens[..count];
    }

    /// <summary>The text of tokens; bytes that are no UTF-8 become U+FFFD. Control tokens are left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A token is not of this vocabulary.</exception>
    public string Detokenize(ReadOnlySpan<int> tokens)
    {
        foreach (var token in tokens)
        {
            Check(token);
        }

        using var open = new Open(_model);
        var buffer = new byte[(tokens.Length * 8) + 16];
        while (true)
        {
            fixed (int* ids = tokens)
            fixed (byte* text = buffer)
            {
                var length = NativeMethods.llama_detokenize(_vocabulary, ids, tokens.Length, text, buffer.Length, 0, 0);
                if (length >= 0)
                {
                    return Encoding.UTF8.GetString(buffer, 0, length);
                }

                buffer = new byte[-length];
            }
        }
    }

    /// <summary>The bytes that a token stands for, control tokens with their text; may be part of a character.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not of this vocabulary.</exception>
    public ReadOnlyMemory<byte> PieceOf(int token)
    {
        Check(token);
        return _pieces[token] ??= ReadPiece(token);
    }

    /// <summary>Whether a token is a control token, which stands for no text.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not of this vocabulary.</exception>
    public bool IsControl(int token)
    {
        Check(token);
        using var open = new Open(_model);
        return (NativeMethods.llama_vocab_get_attr(_vocabulary, token) & (Control | Unknown)) != 0;
    }

    int ITokenCounter.Count(ReadOnlySpan<char> text) => text.IsWhiteSpace() ? 0 : Tokenize(text).Length;

    private int Tokenize(ReadOnlySpan<byte> text, Span<int> tokens, bool addSpecial, bool parseSpecial)
    {
        fixed (byte* bytes = text)
        fixed (int* ids = tokens)
        {
            return NativeMethods.llama_tokenize(_vocabulary, bytes, text.Length, ids, tokens.Length, addSpecial ? (byte)1 : (byte)0, parseSpecial ? (byte)1 : (byte)0);
        }
    }

    private byte[] ReadPiece(int token)
    {
        using var open = new Open(_model);
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* bytes = buffer)
        {
            var length = NativeMethods.llama_token_to_piece(_vocabulary, token, bytes, buffer.Length, 0, 1);
            if (length >= 0)
            {
                return buffer[..length].ToArray();
            }

            var longer = new byte[-length];
            fixed (byte* target = longer)
            {
                return longer[..NativeMethods.llama_token_to_piece(_vocabulary, token, target, longer.Length, 0, 1)];
            }
        }
    }

    /// <summary>The texts of control tokens.</summary>
    internal IReadOnlyList<string> ControlTexts => [.. SpecialTokens.Where(s => IsControl(s.Value)).Select(s => s.Key)];

    private FrozenDictionary<string, int> FindSpecial()
    {
        using var open = new Open(_model);
        return Enumerable.Range(0, Count)
            .Where(t => (NativeMethods.llama_vocab_get_attr(_vocabulary, t) & (Control | UserDefined | Unknown)) != 0)
            .Select(t => (Text: NativeMethods.Text(NativeMethods.llama_vocab_get_text(_vocabulary, t)), Token: t))
            .Where(s => s.Text.Length > 0)
            .DistinctBy(s => s.Text)
            .ToFrozenDictionary(s => s.Text, s => s.Token, StringComparer.Ordinal);
    }

    private void Check(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
    }

    private static int? Known(int token) => token < 0 ? null : token;

    /// <summary>Keeps the model open while the vocabulary, which is part of it, is read.</summary>
    private readonly ref struct Open
    {
        private readonly ModelHandle _model;

        public Open(ModelHandle model)
        {
            var held = false;
            (_model = model).DangerousAddRef(ref held);
        }

        public void Dispose() => _model.DangerousRelease();
    }
}
