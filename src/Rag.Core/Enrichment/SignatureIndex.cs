using System.Buffers.Binary;

namespace Rag.Enrichment;

/// <summary>Finds among many signatures those that resemble one, without comparing all: locality-sensitive hashing by bands.</summary>
/// <remarks>
/// Two signatures are compared where one of 20 bands of 6 bytes is equal (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4), which for a resemblance <c>s</c> has the probability
/// <c>1 - (1 - s⁶)²⁰</c>: 0.998 at 0.8, 0.92 at 0.7, 0.27 at 0.5.
/// </remarks>
internal sealed class SignatureIndex
{
    private const int Bands = 20;
    private const int Rows = MinHash.Length / Bands;

    private readonly Dictionary<ulong, int> _last = []; // of a band's bytes: the last entry that has them
    private readonly List<int> _before = []; // of an entry: the one before it with the same bytes, or -1; entry = signature * Bands + band
    private readonly List<byte[]> _signatures = [];

    /// <summary>Adds a signature under the next number, from 0.</summary>
    public void Add(byte[] signature)
    {
        for (var band = 0; band < Bands; band++)
        {
            var key = Key(signature, band);
            _before.Add(_last.GetValueOrDefault(key, -1));
            _last[key] = _before.Count - 1;
        }

        _signatures.Add(signature);
    }

    /// <summary>The number of the signature that resembles one most, and how much; the earliest of equals. <see langword="null"/> where none reaches <paramref name="least"/>.</summary>
    public (int Number, double Resemblance)? Nearest(byte[] signature, double least)
    {
        (int Number, double Resemblance)? best = null;
        var seen = new HashSet<int>();
        for (var band = 0; band < Bands; band++)
        {
            for (var entry = _last.GetValueOrDefault(Key(signature, band), -1); entry >= 0; entry = _before[entry])
            {
                var number = entry / Bands;
                if (seen.Add(number) && MinHash.Resemblance(signature, _signatures[number]) is var resemblance && resemblance >= least
                    && (best is not { } b || resemblance > b.Resemblance || (resemblance == b.Resemblance && number < b.Number)))
                {
                    best = (number, resemblance);
                }
            }
        }

        return best;
    }

    private static ulong Key(byte[] signature, int band)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        signature.AsSpan(band * Rows, Rows).CopyTo(key);
        key[^1] = (byte)band;
        return BinaryPrimitives.ReadUInt64LittleEndian(key);
    }
}
