using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>What SQLite's result codes (sqlite.org/rescode.html) mean for the owner of a store.</summary>
internal static class StoreErrors
{
    public const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int NotADatabase = 26;

    public static StoreException Of(SqliteException error, string path) => new(error.SqliteErrorCode switch
    {
        Busy => $"The store '{path}' is being written by another process; try again when it is done.",
        ReadOnly => $"The store '{path}' cannot be written; give yourself write permission on the file and its folder.",
        IoError => $"The disk failed while the store '{path}' was used ({error.Message}); nothing was changed. Check the disk and try again.",
        Corrupt => $"The store '{path}' is damaged ({error.Message}); restore it from a copy, or delete the file and ingest again.",
        Full => $"The disk is full, so the store '{path}' kept what it had; free some space and try again.",
        CantOpen => $"The store '{path}' cannot be opened; check that the folder exists and that you may read and write in it.",
        NotADatabase => $"'{path}' is not a store (it is no SQLite file); choose another path, or delete the file and ingest again.",
        _ => $"The store '{path}' failed: {error.Message}",
    }, error)
    {
        DiskIsFull = error.SqliteErrorCode == Full,
    };

    /// <summary>Whether a file could not grow: no space left, or a quota used up.</summary>
    public static bool IsFull(Exception error) => error is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) }; // ENOSPC, EDQUOT, ERROR_DISK_FULL

    public static StoreException Damaged(string path, Exception error) =>
        new($"The store '{path}' is damaged ({error.Message}); restore it from a copy, or delete the file and ingest again.", error);

    /// <summary>Runs an action on a store; what fails comes out as a <see cref="StoreException"/>.</summary>
    public static async Task<T> GuardedAsync<T>(string path, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SqliteException e)
        {
            throw Of(e, path);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidCastException or FormatException
            or (InvalidOperationException and not ObjectDisposedException)) // what SQLite's reader says of a NULL where none belongs
        {
            throw Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store '{path}' cannot be used: {e.Message} Check the folder and your permission to write in it.", e) { DiskIsFull = IsFull(e) };
        }
    }
}
