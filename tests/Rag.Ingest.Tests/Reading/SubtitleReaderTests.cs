using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class SubtitleReaderTests : DocumentReaderContract
{
    private const string Srt = "\uFEFF1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Good</i> morning,\r\neveryone.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:40\r\n{\\an8}This is a test &amp; more.\r\n\r\n3\r\n00:01:02,000 --> 00:01:03,000\r\n- After a pause.\r\n";
    private const string Vtt = "WEBVTT - about\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE a note\nof two lines\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.loud Ada Lovelace>Hello <00:01.500><c.red>you</c>.\n\n00:02.000 --> 00:03.000\n<v Ada Lovelace>Hello you.</v>\nStill me.\n\n01:00:03.000 --> 01:00:04.000\n<v Bob>And me.\n";

    [Fact]
    public async Task Cues_of_SubRip_are_paragraphs_with_times()
    {
        var document = await OutlineTexts.ReadAsync(Srt, "a.srt");

        Assert.Equal("Good morning, everyone. This is a test & more.\n\n- After a pause.", document.Text);
        Assert.Equal(["00:00:01", "00:00:03", "00:01:02"], new[] { "everyone", "test", "After" }.Select(word => document.Lines!.NameAt(document.Text.IndexOf(word, StringComparison.Ordinal))));
        Assert.Equal("application/x-subrip", document.MediaType);
    }

    [Fact]
    public async Task Speakers_of_WebVTT_are_kept_and_what_was_shown_before_is_not_said_twice()
    {
        var document = await OutlineTexts.ReadAsync(Vtt, "a.vtt");

        Assert.Equal("Ada Lovelace: Hello you. Still me.\n\nBob: And me.", document.Text);
        Assert.Equal("01:00:03", document.Lines!.NameAt(document.Text.IndexOf("And me", StringComparison.Ordinal)));
        Assert.Equal("text/vtt", document.MediaType);
    }

    [Fact]
    public async Task Long_speech_is_divided_at_sentences()
    {
        var document = await OutlineTexts.ReadAsync(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\n00:{i / 60:00}:{i % 60:00},000 --> 00:{i / 60:00}:{i % 60:00},900\nsome words of cue {i}{(i % 5 == 4 ? "." : "")}\n\n")), "a.srt");

        Assert.True(document.Blocks.Count > 3);
        Assert.All(document.Blocks, block => Assert.EndsWith(".", block.Span.Of(document.Text), StringComparison.Ordinal));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new SubtitleReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Srt[1..], 10)));
}
