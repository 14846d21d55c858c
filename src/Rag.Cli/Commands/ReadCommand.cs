using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Ingest.Reading;
using Rag.Pdf;

namespace Rag.Cli.Commands;

/// <summary><c>rag read</c>: parses files and shows what the readers made of them.</summary>
internal static class ReadCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files to parse, or entries of archives and messages such as docs.zip/setup.md.", Arity = ArgumentArity.OneOrMore };
        var mediaType = new Option<string?>("--media-type") { Description = "What the files are, such as text/markdown, in place of looking.", HelpName = "T" };
        var password = new Option<string?>("--password") { Description = "Opens encrypted PDFs.", HelpName = "P" };
        var command = new Command("read", "Parse documents and print their text and blocks; of archives and messages, their entries as well.") { files, mediaType, password };
        command.SetAction((parsed, cancellationToken) =>
        {
            var readers = parsed.GetValue(password) is { } given ? DocumentReaders.Default.With(new PdfReader(new PdfOptions { Password = given })) : DocumentReaders.Default;
            return RunAsync(session, readers, parsed.GetValue(files)!, parsed.GetValue(mediaType), parsed.GetValue(options.Json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, DocumentReaders readers, string[] files, string? mediaType, bool json, CancellationToken cancellationToken)
    {
        var failed = 0;
        foreach (var file in files)
        {
            try
            {
                var source = SourceOf(file);
                var (isEntry, isFound) = (source.Length < file.Length, false);
                await foreach (var document in readers.ReadFileWithEntriesAsync(source, Path.GetFileName(source), mediaType, isEntry ? null : new Complaints(session), cancellationToken))
                {
                    if (!isEntry || document.Path == Path.GetFullPath(file))
                    {
                        Print(session, document, json);
                        isFound = true;
                    }
                }

                if (!isFound)
                {
                    throw new CommandException($"'{source}' holds no '{file[(source.Length + 1)..]}' that can be read. See what it holds: rag read {source}");
                }
            }
            catch (Exception e) when (e is DocumentFormatException or IOException or UnauthorizedAccessException or CommandException)
            {
                failed++;
                session.Complain(e.Message);
                if (json && files.Length > 1)
                {
                    RagJson.Write(session.Out, new FailureJson(file, Plain.Line(e.Message)), t => t.FailureJson);
                }
            }
        }

        return failed == 0 ? ExitCode.Done : failed == files.Length ? ExitCode.Failed : ExitCode.PartlyDone;
    }

    // the file itself, or the container behind which a path such as docs.zip/setup.md goes on
    private static string SourceOf(string file)
    {
        for (var source = file; !string.IsNullOrEmpty(source) && !Directory.Exists(source); source = Path.GetDirectoryName(source))
        {
            if (File.Exists(source))
            {
                return source;
            }
        }

        throw new CommandException(Directory.Exists(file)
            ? $"'{file}' is a folder. Name files, or put the folder into a store: rag ingest {file}"
            : $"There is no file '{file}'. Check the path.");
    }

    private static void Print(Session session, Document document, bool json)
    {
        foreach (var warning in document.Warnings)
        {
            session.Complain($"{document.Id}: {warning}");
        }

        if (json)
        {
            RagJson.Write(session.Out, ReadJson.Of(document), t => t.ReadJson);
            return;
        }

        var pages = document.Pages is { } p ? $", {Counted(p.Count, "page")}" : "";
        session.Error.WriteLine(Plain.Line($"{document.Id}: {document.Title} ({document.MediaType}{pages}, {Counted(document.Blocks.Count, "block")}, {document.Text.Length} characters)"));
        session.Out.WriteLine(Plain.Text(document.Text));
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private sealed class Complaints(Session session) : IProgress<string>
    {
        public void Report(string value) => session.Complain(value);
    }
}
