using System.Globalization;
using Microsoft.Data.Sqlite;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>The tables of a store and how an older file becomes a current one.</summary>
/// <remarks>
/// A document's row number is never used twice, and a replaced document gets a new one: a row never changes, so whatever was derived from it stays true
/// for as long as the row is there. Texts lie in parts, each with the boxes of the words that touch it, so that reading a passage of a huge document reads
/// no more than it needs.
/// </remarks>
internal static class StoreSchema
{
    /// <summary>UTF-16 code units in each part of a text but the last.</summary>
    public const int PartLength = 16384;

    /// <summary>A text part's row is <c>document &lt;&lt; 16 | part</c>: 2^16 parts of 2^14 characters are more than a string can hold.</summary>
    public const int PartBits = 16;

    /// <summary>A chunk's row is <c>document &lt;&lt; 24 | place among the document's chunks</c>.</summary>
    public const int ChunkBits = 24;

    // "RAGS": tells our files from other SQLite files (PRAGMA application_id).
    private const int ApplicationId = 0x52414753;

    // Script i brings a file of version i to version i + 1.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE documents(
            row INTEGER PRIMARY KEY AUTOINCREMENT, tenant, id, title, path, media_type, language, version, tags, groups,
            ingested_at INTEGER NOT NULL, length INTEGER NOT NULL, chunks INTEGER NOT NULL);
        CREATE UNIQUE INDEX documents_by_id ON documents(tenant, id);
        CREATE INDEX documents_with_groups ON documents(tenant) WHERE groups IS NOT NULL;
        CREATE TABLE layouts(document INTEGER PRIMARY KEY, blocks BLOB NOT NULL, pages BLOB, lines BLOB);
        CREATE TABLE texts(part INTEGER PRIMARY KEY, text NOT NULL);
        CREATE TABLE chunks(chunk INTEGER PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL, context NOT NULL, pages BLOB, lines BLOB);
        CREATE TABLE vectors(chunk INTEGER PRIMARY KEY, vector BLOB NOT NULL);
        INSERT INTO meta VALUES('store', lower(hex(randomblob(16)))), ('revision', 0);
        """,
        """
        ALTER TABLE layouts ADD COLUMN warnings;
        ALTER TABLE texts ADD COLUMN boxes BLOB;
        """,
        """
        ALTER TABLE documents ADD COLUMN embedding_model;
        CREATE INDEX documents_with_model ON documents(tenant) WHERE embedding_model IS NOT NULL;
        """,
        """
        CREATE TABLE staged_vectors(chunk INTEGER NOT NULL, model NOT NULL, vector BLOB NOT NULL, PRIMARY KEY(chunk, model));
        INSERT INTO meta VALUES('switches', 0);
        """,
        """
        CREATE TABLE sessions(row INTEGER PRIMARY KEY AUTOINCREMENT, tenant, id, title, redactions INTEGER NOT NULL);
        CREATE UNIQUE INDEX sessions_by_id ON sessions(tenant, id);
        CREATE TABLE turns(session INTEGER NOT NULL, turn INTEGER NOT NULL, parent INTEGER NOT NULL, answer NOT NULL, added_at INTEGER NOT NULL, summary, notice, PRIMARY KEY(session, turn));
        CREATE TABLE session_sources(document, session INTEGER NOT NULL, PRIMARY KEY(document, session)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE ratings(
            row INTEGER PRIMARY KEY AUTOINCREMENT, tenant, id, at INTEGER NOT NULL, verdict INTEGER NOT NULL, person, facts TEXT NOT NULL, texts TEXT);
        CREATE UNIQUE INDEX ratings_by_id ON ratings(tenant, id);
        CREATE TABLE rated_documents(tenant, document, rating INTEGER NOT NULL, PRIMARY KEY(tenant, document, rating)) WITHOUT ROWID;
        CREATE INDEX rated_documents_by_rating ON rated_documents(rating);
        """,
        """
        ALTER TABLE documents ADD COLUMN findings;
        """,
    ];

    /// <summary>Brings the file to the current version; creates the tables in an empty one.</summary>
    /// <exception cref="StoreException">The file is not a store, or a newer one.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Version(connection, path) == Migrations.Length)
        {
            return;
        }

        Execute(connection, "BEGIN IMMEDIATE");
        for (var version = Version(connection, path); version < Migrations.Length; version++) // asked again: another process may have been faster
        {
            Execute(connection, Migrations[version]);
        }

        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Migrations.Length}; COMMIT"));
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }

    private static int Version(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application != ApplicationId && Number(connection, "SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new StoreException($"'{path}' is a SQLite file of another program, not a store; choose another path.");
        }

        return version <= Migrations.Length
            ? version
            : throw new StoreException($"The store '{path}' has schema {version}, this program knows up to {Migrations.Length}; update the program, or ingest into a new store.");
    }

    private static int Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return Convert.ToInt32(statement.Scalar(), CultureInfo.InvariantCulture);
    }
}
