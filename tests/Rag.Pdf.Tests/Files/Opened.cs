using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

/// <summary>A file opened in a test, and what was warned of.</summary>
internal sealed class Opened
{
    private readonly PdfWarnings _warnings = new();

    public Opened(byte[] bytes, string? password = null, int maxStreamBytes = 64 << 20) =>
        File = PdfFile.Open(bytes, new() { Password = password, MaxStreamBytes = maxStreamBytes }, _warnings);

    public PdfFile File { get; }

    public IEnumerable<string> Warnings => _warnings.ToList().Select(w => w.Message);

    public PdfObject? this[int number, int generation = 0] => File.Resolve(new PdfReference(number, generation));

    /// <summary>Resolves every object to its leaves and decodes every stream.</summary>
    /// <returns>How many objects there are, streams and bytes in them.</returns>
    public (int Objects, int Streams, long Bytes) ReadEverything()
    {
        int objects = 0, streams = 0;
        long bytes = 0;
        foreach (var number in File.Numbers.Order())
        {
            var value = this[number];
            objects += value is null ? 0 : 1;
            if (value is PdfStream stream)
            {
                streams++;
                try
                {
                    using var decoded = stream.Decode();
                    bytes += decoded.Memory.Length;
                }
                catch (NotSupportedException)
                {
                    // an image
                }
            }
        }

        return (objects, streams, bytes);
    }
}
