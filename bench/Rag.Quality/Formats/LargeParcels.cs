using System.Globalization;
using System.Text;
using Rag.Testing;

namespace Rag.Quality.Formats;

/// <summary>Large files of mail, books and containers, of the same rows as <see cref="LargeFiles"/>.</summary>
internal static class LargeParcels
{
    public static IEnumerable<LargeFile> All(string[] texts)
    {
        yield return Plain("large.rtf", Rtf(texts));
        yield return Plain("plain.eml", Mail("text/plain; charset=utf-8", string.Join("\r\n\r\n", texts)));
        yield return Plain("html.eml", Mail("text/html; charset=utf-8", string.Concat(texts.Select(text => $"<p>{text}</p>\r\n"))));
        yield return Plain("base64.eml", Mail("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join("\n\n", texts)), Base64FormattingOptions.InsertLineBreaks)));
        yield return Plain("large.msg", CompoundFiles.Of(("__properties_version1.0", new byte[32]), ("__substg1.0_1000001F", Encoding.Unicode.GetBytes(string.Join("\r\n\r\n", texts)))));
        yield return Plain("large.mbox", Encoding.UTF8.GetBytes(string.Concat(texts.Chunk(20).Select((chunk, i) => string.Create(CultureInfo.InvariantCulture, $"From a@example.org Tue Mar  5 09:30:00 2024\nFrom: a@example.org\nSubject: Message {i}\nDate: Tue, 5 Mar 2024 09:30:00 +0100\n\n{string.Join("\n\n", chunk)}\n\n")))));
        (string Name, byte[] Bytes)[] entries = [.. texts.Chunk(200).Select((chunk, i) => (string.Create(CultureInfo.InvariantCulture, $"folder/{i}.txt"), Encoding.UTF8.GetBytes(string.Join("\n\n", chunk))))];
        var unpacked = entries.Sum(entry => (long)entry.Bytes.Length);
        yield return new("large.zip", ArchiveFiles.Zip(entries), unpacked);
        var tar = ArchiveFiles.Tar([.. entries.Select(entry => (entry.Name, '0', entry.Bytes))]);
        yield return Plain("large.tar", tar);
        yield return new("large.tar.gz", ArchiveFiles.Gzip(tar), unpacked);
        yield return Epub(texts);
    }

    private static byte[] Rtf(string[] texts) =>
        Encoding.ASCII.GetBytes($@"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Times;}}}}{string.Concat(texts.Select(text => $@"\pard\plain\f0\fs24 {{\lang1033 {text}}}\par" + "\n"))}}}");

    private static byte[] Mail(string type, string body) => Encoding.UTF8.GetBytes($"From: a@example.org\r\nTo: b@example.org\r\nSubject: Large\r\nContent-Type: {type}\r\n\r\n{body}\r\n");

    private static LargeFile Epub(string[] texts)
    {
        var chapters = texts.Chunk(500).ToArray();
        (string Name, string Text)[] parts =
        [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>"),
            ("book.opf", $"<package><metadata/><manifest>{string.Concat(chapters.Select((_, i) => Line($"<item id='c{i}' href='c{i}.xhtml' media-type='application/xhtml+xml'/>")))}</manifest><spine>{string.Concat(chapters.Select((_, i) => Line($"<itemref idref='c{i}'/>")))}</spine></package>"),
            .. chapters.Select((chapter, i) => (Line($"c{i}.xhtml"), Line($"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Chapter {i}</h1>{string.Concat(chapter.Select(text => $"<p>{text}</p>"))}</body></html>"))),
        ];
        return new("large.epub", ArchiveFiles.Zip(parts), parts.Sum(part => (long)part.Text.Length));
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static LargeFile Plain(string name, byte[] bytes) => new(name, bytes, bytes.Length);
}
