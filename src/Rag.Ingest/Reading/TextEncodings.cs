using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rag.Ingest.Reading;

/// <summary>Which encoding the bytes of a text are in: its byte order mark, else UTF-8 where valid, else UTF-16 by its zero bytes, else a legacy code page.</summary>
internal static class TextEncodings
{
    private const int SampleBytes = 64 << 10;

    // Text has next to none of these; compressed or random bytes have 10 % and more.
    private const double MostUnprintable = 0.05;

    private static readonly (byte[] Mark, Encoding Encoding)[] _marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32), // before UTF-16, whose mark it begins with
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>All of <paramref name="bytes"/> as text, without byte order mark; what is not valid in its encoding becomes U+FFFD.</summary>
    /// <exception cref="DocumentFormatException">The bytes are not text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string documentId)
    {
        var (encoding, start) = Detect(bytes, documentId);
        return encoding.GetString(bytes[start..]);
    }

    /// <summary>The encoding and where the text begins after the byte order mark.</summary>
    /// <exception cref="DocumentFormatException">The bytes are not text.</exception>
    public static (Encoding Encoding, int Start) Detect(ReadOnlySpan<byte> bytes, string documentId)
    {
        var (encoding, start) = Guess(bytes);
        return IsText(bytes[start..], encoding, out var unprintable, out var characters) ? (encoding, start) : throw new DocumentFormatException(
            documentId,
            $"it is not text: of its first {characters:N0} characters as {encoding.WebName}, {unprintable:N0} are control characters or invalid. Check that it is a text file.");
    }

    /// <summary>Whether the bytes are text in some encoding; nothing at all is.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var (encoding, start) = Guess(bytes);
        return IsText(bytes[start..], encoding, out _, out _);
    }

    /// <summary>The likeliest encoding, should the bytes be text, and where the text begins after the byte order mark.</summary>
    public static (Encoding Encoding, int Start) Guess(ReadOnlySpan<byte> bytes)
    {
        foreach (var (mark, encoding) in _marks)
        {
            if (bytes.StartsWith(mark))
            {
                return (encoding, mark.Length);
            }
        }

        if (WideByZeros(bytes[..Math.Min(bytes.Length, SampleBytes)]) is { } wide)
        {
            return (wide, 0);
        }

        if (Utf8.IsValid(bytes))
        {
            return (Encoding.UTF8, 0);
        }

        var sample = bytes[Math.Max(0, bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) - 1)..];
        sample = sample[..Math.Min(sample.Length, SampleBytes)];
        return (IsMostlyUtf8(sample) ? Encoding.UTF8 : LegacyEncodings.Guess(sample), 0);
    }

    // Latin letters, digits and spaces in UTF-16 have a zero in the same half of every unit; other scripts still have their spaces and line ends.
    private static Encoding? WideByZeros(ReadOnlySpan<byte> sample)
    {
        var (even, odd) = (0, 0);
        if (!sample.Contains((byte)0))
        {
            return null;
        }

        for (var i = 0; i + 1 < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var units = sample.Length / 2;
        var encoding = odd > units / 10 && even * 20 < odd ? Encoding.Unicode : even > units / 10 && odd * 20 < even ? Encoding.BigEndianUnicode : null;
        return encoding is not null && Unprintable(sample, encoding, out var characters) <= MostUnprintable * characters ? encoding : null;
    }

    // A damaged UTF-8 text stays UTF-8: legacy text hardly ever has twenty valid sequences for one invalid.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> sample)
    {
        var (valid, invalid) = (0, 0);
        while (!sample.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(sample, out var rune, out var consumed);
            invalid += status == OperationStatus.InvalidData ? 1 : 0;
            valid += status == OperationStatus.Done && !rune.IsAscii ? 1 : 0;
            sample = sample[consumed..];
        }

        return valid > 20 * invalid;
    }

    private static bool IsText(ReadOnlySpan<byte> text, Encoding encoding, out int unprintable, out int characters)
    {
        unprintable = Unprintable(text[..Math.Min(SampleBytes, text.Length)], encoding, out characters);
        return unprintable <= 4 + (MostUnprintable * characters);
    }

    private static int Unprintable(ReadOnlySpan<byte> sample, Encoding encoding, out int characters)
    {
        var text = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(sample.Length));
        characters = encoding.GetChars(sample, text);
        var count = 0;
        foreach (var c in text.AsSpan(0, characters))
        {
            count += c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\b' or '\u0085' or '\u001b')) ? 1 : 0;
        }

        ArrayPool<char>.Shared.Return(text);
        return count;
    }
}
