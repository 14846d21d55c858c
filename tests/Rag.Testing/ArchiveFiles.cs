using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Rag.Testing;

/// <summary>Archives written for the tests; the same entries give the same bytes.</summary>
public static class ArchiveFiles
{
    private const int Block = 512;

    /// <summary>A ZIP archive.</summary>
    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A ZIP archive of texts.</summary>
    public static byte[] Zip(params (string Name, string Text)[] entries) => Zip([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    /// <summary>A TAR archive in the ustar format, long names in GNU's manner.</summary>
    public static byte[] Tar(params (string Name, char Kind, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        foreach (var (name, kind, bytes) in entries)
        {
            if (name.Length > 100)
            {
                Write(stream, "././@LongLink", 'L', Encoding.UTF8.GetBytes(name + "\0"));
            }

            Write(stream, name[..Math.Min(100, name.Length)], kind, bytes);
        }

        stream.Write(new byte[2 * Block]);
        return stream.ToArray();
    }

    /// <summary>Bytes packed by gzip.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, string name, char kind, byte[] bytes)
    {
        var header = new byte[Block];
        Encoding.UTF8.GetBytes(name, header);
        Put(header, 100, "0000644");
        Put(header, 124, Convert.ToString(bytes.Length, 8).PadLeft(11, '0'));
        Put(header, 136, "00000000000");
        header[156] = (byte)kind;
        Put(header, 257, "ustar\0" + "00");
        Put(header, 148, "        ");
        Put(header, 148, string.Create(CultureInfo.InvariantCulture, $"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 "));
        stream.Write(header);
        stream.Write(bytes);
        stream.Write(new byte[(Block - (bytes.Length % Block)) % Block]);
    }

    private static void Put(byte[] header, int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
}
