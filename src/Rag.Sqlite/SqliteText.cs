using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Rag.Sqlite;

/// <summary>Strings in and out of SQLite without loss: as TEXT, or as a BLOB of UTF-16 where TEXT would change them.</summary>
internal static class SqliteText
{
    /// <summary>What to bind for a string.</summary>
    public static object Value(string? text) => text switch
    {
        null => DBNull.Value,
        _ when Survives(text) => text,
        _ => MemoryMarshal.AsBytes(text.AsSpan()).ToArray(),
    };

    public static string Read(SqliteDataReader row, int column) => ReadOrNull(row, column) ?? "";

    public static string? ReadOrNull(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        string text => text,
        byte[] utf16 => MemoryMarshal.Cast<byte, char>(utf16).ToString(),
        _ => null,
    };

    // NUL ends TEXT for much of SQLite, and half a surrogate pair has no UTF-8.
    private static bool Survives(string text)
    {
        if (text.Contains('\0'))
        {
            return false;
        }

        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (!Rune.TryGetRuneAt(text, text.Length - rest.Length + at, out _))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }
}
