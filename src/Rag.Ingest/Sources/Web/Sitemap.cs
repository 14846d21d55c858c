using System.IO.Compression;
using System.Xml;
using Rag.Ingest.Reading;
using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Sources.Web;

/// <summary>What a sitemap lists (sitemaps.org, protocol 0.9).</summary>
/// <param name="Pages">Addresses of pages, as they stand there.</param>
/// <param name="Maps">Addresses of other sitemaps: it is an index.</param>
internal sealed record Sitemap(IReadOnlyList<string> Pages, IReadOnlyList<string> Maps)
{
    /// <summary>Reads one, packed by gzip or not; no document type is processed and nothing is fetched.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="maxAddresses">Reading ends after so many.</param>
    /// <param name="maxBytes">As many bytes are unpacked at most.</param>
    /// <returns><see langword="null"/> for what is no sitemap.</returns>
    /// <exception cref="XmlException">It is not well formed.</exception>
    /// <exception cref="InvalidDataException">It is packed, and damaged.</exception>
    public static Sitemap? Parse(ReadOnlyMemory<byte> bytes, int maxAddresses, int maxBytes)
    {
        var isPacked = bytes.Span.StartsWith([(byte)0x1F, (byte)0x8B]);
        var (pages, maps, isMap, inMap) = (new List<string>(), new List<string>(), false, false);
        try
        {
            using var stream = isPacked ? new GZipStream(bytes.AsStream(), CompressionMode.Decompress) : (Stream)bytes.AsStream();
            using var reader = XmlReader.Create(new BoundedStream(stream, maxBytes), XmlOutline.Settings);
            while (pages.Count + maps.Count < maxAddresses && reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (reader.Depth == 0 && !(isMap = reader.LocalName is "urlset" or "sitemapindex"))
                {
                    return null;
                }

                inMap = reader.Depth == 1 ? reader.LocalName == "sitemap" : inMap;
                if (reader is { Depth: 2, LocalName: "loc" } && reader.Read() && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    (inMap ? maps : pages).Add(reader.Value.Trim());
                }
            }
        }
        catch (Exception e) when (!isMap && e is XmlException or InvalidDataException)
        {
            return null; // HTML, as a rule
        }

        return new(pages, maps);
    }

    // ends where the limit is: what stands beyond is as good as cut off
    private sealed class BoundedStream(Stream inner, int maxBytes) : Stream
    {
        private int _left = maxBytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("The length is not known before the end.");

        public override long Position { get => throw new NotSupportedException("Read on from where it is."); set => throw new NotSupportedException("Read on from where it is."); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer[..Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Read on from where it is.");

        public override void SetLength(long value) => throw new NotSupportedException("It is only read.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is only read.");
    }
}
