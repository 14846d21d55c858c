using System.Text;

namespace Rag.Testing.Gguf;

/// <summary>Writes GGUF version 3 files, little-endian, with the tensors at multiples of 32 bytes.</summary>
/// <remarks>Tensors are asked for their numbers in pieces while the file is written, so memory does not grow with the model.</remarks>
public sealed class GgufWriter
{
    private const int Alignment = 32;
    private const int PieceLength = 1 << 15;

    private readonly List<(string Key, Action<BinaryWriter> Write)> metadata = [];
    private readonly List<(string Name, TensorType Type, long[] Shape, Action<Span<float>> Fill)> tensors = [];

    /// <summary>Adds an unsigned number, the format's usual type for counts and token ids.</summary>
    public GgufWriter Set(string key, uint value) => Add(key, 4, w => w.Write(value));

    /// <summary>Adds a number with a fraction.</summary>
    public GgufWriter Set(string key, float value) => Add(key, 6, w => w.Write(value));

    /// <summary>Adds a truth value.</summary>
    public GgufWriter Set(string key, bool value) => Add(key, 7, w => w.Write(value));

    /// <summary>Adds a text.</summary>
    public GgufWriter Set(string key, string value) => Add(key, 8, w => WriteText(w, value));

    /// <summary>Adds a list of texts.</summary>
    public GgufWriter Set(string key, IReadOnlyList<string> values) => AddArray(key, 8, values, WriteText);

    /// <summary>Adds a list of numbers with fractions.</summary>
    public GgufWriter Set(string key, IReadOnlyList<float> values) => AddArray(key, 6, values, (w, v) => w.Write(v));

    /// <summary>Adds a list of whole numbers.</summary>
    public GgufWriter Set(string key, IReadOnlyList<int> values) => AddArray(key, 5, values, (w, v) => w.Write(v));

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Such as <c>blk.0.attn_q.weight</c>; at most 63 bytes.</param>
    /// <param name="type">How its numbers are stored.</param>
    /// <param name="fill">Gives the numbers: called for one piece after the other, in order, once.</param>
    /// <param name="shape">The dimensions, the fastest varying first: a weight's input, then its output.</param>
    public GgufWriter Tensor(string name, TensorType type, Action<Span<float>> fill, params long[] shape)
    {
        if (type == TensorType.Q80 && shape[0] % TensorEncoding.BlockLength != 0)
        {
            throw new ArgumentException($"Rows of {shape[0]} numbers are not whole blocks of {TensorEncoding.BlockLength}: take another width.", nameof(shape));
        }

        tensors.Add((name, type, shape, fill));
        return this;
    }

    /// <summary>Writes the file, over one that is there.</summary>
    public void Save(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        Write(stream);
    }

    /// <summary>The file in memory.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the file from the stream's position 0 on.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        foreach (var (key, write) in metadata)
        {
            WriteText(writer, key);
            write(writer);
        }

        WriteDirectory(writer);
        Pad(writer);
        foreach (var (_, type, shape, fill) in tensors)
        {
            WriteNumbers(writer, type, Count(shape), fill);
            Pad(writer);
        }
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write((ulong)Encoding.UTF8.GetByteCount(text));
        writer.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void WriteNumbers(BinaryWriter writer, TensorType type, long count, Action<Span<float>> fill)
    {
        var values = new float[(int)Math.Min(count, PieceLength)];
        var bytes = new byte[TensorEncoding.Bytes(type, values.Length)];
        for (var done = 0L; done < count; done += PieceLength)
        {
            var piece = values.AsSpan(0, (int)Math.Min(count - done, PieceLength));
            fill(piece);
            TensorEncoding.Encode(type, piece, bytes);
            writer.Write(bytes, 0, (int)TensorEncoding.Bytes(type, piece.Length));
        }
    }

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        writer.Write(new byte[(int)(Padded(writer.BaseStream.Position) - writer.BaseStream.Position)]);
        writer.Flush();
    }

    private static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, length) => product * length);

    private GgufWriter Add(string key, uint type, Action<BinaryWriter> write)
    {
        metadata.Add((key, w =>
        {
            w.Write(type);
            write(w);
        }
        ));
        return this;
    }

    private GgufWriter AddArray<T>(string key, uint type, IReadOnlyList<T> values, Action<BinaryWriter, T> write) => Add(key, 9, w =>
    {
        w.Write(type);
        w.Write((ulong)values.Count);
        foreach (var value in values)
        {
            write(w, value);
        }
    });

    private void WriteDirectory(BinaryWriter writer)
    {
        var offset = 0L;
        foreach (var (name, type, shape, _) in tensors)
        {
            WriteText(writer, name);
            writer.Write((uint)shape.Length);
            foreach (var length in shape)
            {
                writer.Write((ulong)length);
            }

            writer.Write((uint)type);
            writer.Write((ulong)offset);
            offset += Padded(TensorEncoding.Bytes(type, Count(shape)));
        }
    }
}
