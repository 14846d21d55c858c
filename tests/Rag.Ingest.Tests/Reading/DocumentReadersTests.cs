using System.Diagnostics;
using System.Text;
using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests.Reading;

public sealed class DocumentReadersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("readers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.md", "# Title\n\n*x*", "text/markdown", "Title", "Title\n\nx")]
    [InlineData("a.txt", "# Title\n\n*x*", "text/plain", "a.txt", "# Title\n\n*x*")]
    [InlineData("a.cs", "  int x;\n", "text/x-source", "a.cs", "  int x;")]
    [InlineData("a.json", "{\n \"a\": 1\n}", "application/json", "a.json", "{\n \"a\": 1\n}")]
    [InlineData("empty.docx", "", "text/plain", "empty.docx", "")]
    public async Task ReadFileAsync_chooses_by_content_and_extension(string name, string content, string mediaType, string title, string text)
    {
        var path = Write(name, content);

        var document = await DocumentReaders.Default.ReadFileAsync(path, $"docs/{name}");

        Assert.Equal((mediaType, title, text, $"docs/{name}", path), (document.MediaType, document.Title, document.Text, document.Id, document.Path));
    }

    [Fact]
    public async Task ReadAsync_follows_a_given_media_type_with_parameters()
    {
        var document = await DocumentReaders.Default.ReadAsync(new MemoryStream("# x"u8.ToArray()), "a.txt", "Text/Markdown; charset=utf-8");

        Assert.Equal(("x", "text/markdown"), (document.Text, document.MediaType));
    }

    [Fact]
    public async Task With_puts_a_reader_in_the_place_of_those_that_read_the_same()
    {
        var readers = DocumentReaders.Default.With(new WarningReader());

        Assert.Equal("words", (await readers.ReadAsync(new MemoryStream("# x"u8.ToArray()), "a.txt")).Text);
        Assert.Equal("x", (await readers.ReadAsync(new MemoryStream("# x"u8.ToArray()), "a.md")).Text);
        Assert.Equal(DocumentReaders.Default.Supported, readers.Supported);
    }

    [Theory]
    [InlineData("a.gif", "GIF89a", "a GIF image")]
    [InlineData("a.md", "\u0001\u0002\u0003\u0004\u0005\u0006", "a binary file of unknown format")]
    public async Task Formats_to_come_are_named_with_those_that_are_there(string name, string content, string format)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => DocumentReaders.Default.ReadFileAsync(Write(name, content), name));

        Assert.StartsWith($"'{name}' cannot be read: {format} is not supported yet. Supported: ", error.Message, StringComparison.Ordinal);
        Assert.All(["Markdown", "HTML", "plain text", "source code"], f => Assert.Contains(f, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_path_a_folder_and_a_file_too_large_are_refused_with_a_sentence()
    {
        var missing = Path.Combine(_folder, "no", "such.md");
        var large = Write("large.txt", "12345678901");

        Assert.Equal($"'m' cannot be read: there is no file {missing}. Check the path.", await ErrorAsync(missing, "m"));
        Assert.Equal($"'f' cannot be read: {_folder} is a folder. Name a file, or ingest the folder.", await ErrorAsync(_folder, "f"));
        Assert.Equal("'l' cannot be read: it has 11 bytes, more than the 10 of ReaderLimits.MaxBytes. Split it, or raise the limit.", await ErrorAsync(large, "l"));
    }

    [Fact]
    public async Task A_file_without_permission_is_refused_with_a_sentence()
    {
        var path = Write("secret.txt", "x");
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        if (!OperatingSystem.IsWindows()) // what the analyzer wants to see
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Assert.Equal($"'s' cannot be read: there is no permission to read {path}. Grant it, or leave the file out.", await ErrorAsync(path, "s"));
    }

    [Fact]
    public async Task A_file_that_keeps_changing_is_refused_and_one_that_rests_is_read()
    {
        var path = Write("log.txt", new string('x', 1_000_000));
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.AppendAllText(path, "y");
            }
        });

        var outcomes = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            outcomes.Add(await ErrorAsync(path, "l", new()));
        }

        await stop.CancelAsync();
        await writer;

        // a document (no error) where the writer was not scheduled between the two looks at the file
        Assert.All(outcomes, o => Assert.True(o == "" || o == $"'l' cannot be read: {path} changed while it was read, twice. Try again when nothing writes to it.", o));
        Assert.Equal("", await ErrorAsync(path, "l", new()));
    }

    [Fact]
    public async Task A_pipe_is_an_empty_document_and_never_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        var pipe = Path.Combine(_folder, "pipe");
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync();

        Assert.Equal("", (await DocumentReaders.Default.ReadFileAsync(pipe, "p").WaitAsync(TimeSpan.FromSeconds(5))).Text);
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        var cancelled = new CancellationToken(true);
        var path = Write("a.md", "x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DocumentReaders.Default.ReadFileAsync(path, "a", null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DocumentReaders.Default.ReadAsync(new MemoryStream([1]), "a", null, cancelled));
    }

    private static async Task<string> ErrorAsync(string path, string id, ReaderLimits? limits = null)
    {
        try
        {
            await DocumentReaders.Create(limits ?? new() { MaxBytes = 10 }).ReadFileAsync(path, id);
            return "";
        }
        catch (DocumentFormatException e)
        {
            return e.Message;
        }
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }

    [Fact]
    public void Supported_types_have_names_that_people_use() =>
        Assert.All(DocumentReaders.Default.Supported, type => Assert.DoesNotContain('/', MediaTypes.NameOf(type)));
}
