using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Rag.Storage;
using SQLitePCL;

namespace Rag.Sqlite;

/// <summary>The file and its connections: one that writes, and as many as there are searches at a time that read.</summary>
internal sealed class StoreDatabase : IDisposable
{
    private const int WaitMilliseconds = 5000;
    private const int MappedBytes = 1 << 30; // what is beyond is read by calls to the system
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentBag<(SqliteConnection Connection, StoreReader Reader)> _idle = [];
    private readonly SqliteStoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly string _source;
    private volatile bool _closed;

    static StoreDatabase() => Batteries_V2.Init();

    private StoreDatabase(string path, SqliteStoreOptions options)
    {
        Path = path;
        InMemory = path == ":memory:";

        // A name of its own in SQLite's "memdb" file system: all connections of this store share it, and it goes with the last of them.
        _source = InMemory ? $"file:/{Guid.NewGuid():N}?vfs=memdb" : path;
        _options = options;
        _connection = Connect();
        try
        {
            StoreSchema.Ensure(_connection, path);
            if (options.MaxPages is { } pages)
            {
                StoreSchema.Execute(_connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
            }

            using (var identity = new Statement(_connection, "SELECT value FROM meta WHERE name = 'store'"))
            {
                Identity = identity.Scalar() as string ?? throw new InvalidDataException("the store has no identity");
            }

            Writer = new(_connection);
            Ratings = new(_connection);
            WriterRows = new(_connection);
            Sessions = new(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file, creating it and its folder where there is none.</summary>
    /// <exception cref="StoreException">It is not a store, or cannot be opened.</exception>
    public static StoreDatabase Open(string path, SqliteStoreOptions options)
    {
        if (path != ":memory:" && System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new(path, options);
    }

    public string Path { get; }

    /// <summary>Whether there is no file at all.</summary>
    public bool InMemory { get; }

    /// <summary>Made up when the store was created; tells two stores of the same path apart.</summary>
    public string Identity { get; }

    public StoreWriter Writer { get; }

    /// <summary>What people thought of answers; written inside a transaction that the caller holds.</summary>
    public RatingRows Ratings { get; }

    /// <summary>Reads what the writing transaction sees.</summary>
    public StoreReader WriterRows { get; }

    /// <summary>Reads and writes sessions in the writing transaction.</summary>
    public SessionRows Sessions { get; }

    public bool IsClosed => _closed;

    /// <summary>Takes the file's write lock, waiting for other processes as long as the options say.</summary>
    /// <exception cref="StoreException">Another process kept it longer.</exception>
    public async Task BeginWriteAsync(CancellationToken cancellationToken)
    {
        var start = _options.Clock.GetTimestamp();
        while (!TryBeginWrite())
        {
            if (_options.Clock.GetElapsedTime(start) >= _options.BusyTimeout)
            {
                throw new StoreException($"Another process has been writing the store '{Path}' for more than {_options.BusyTimeout.TotalSeconds:0.###} s; try again when it is done.");
            }

            await Task.Delay(Retry, _options.Clock, cancellationToken);
        }
    }

    /// <summary>Takes the write lock if nobody else has it.</summary>
    public bool TryBeginWrite()
    {
        // who waits does so above, where no thread is held meanwhile
        raw.sqlite3_busy_timeout(_connection.Handle!, 0);
        var code = raw.sqlite3_exec(_connection.Handle!, "BEGIN IMMEDIATE");
        raw.sqlite3_busy_timeout(_connection.Handle!, WaitMilliseconds);
        return code == raw.SQLITE_OK || ((code & 0xFF) == raw.SQLITE_BUSY ? false : throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle!).utf8_to_string(), code & 0xFF));
    }

    /// <summary>Begins to read one state of the file over the writing connection; <see cref="Rollback"/> ends it.</summary>
    public void BeginRead() => StoreSchema.Execute(_connection, "BEGIN");

    public void Commit() => StoreSchema.Execute(_connection, "COMMIT");

    /// <summary>Undoes the transaction, unless SQLite has already done so on its own.</summary>
    public void Rollback()
    {
        if (_connection.Handle is { } open && raw.sqlite3_get_autocommit(open) == 0)
        {
            StoreSchema.Execute(_connection, "ROLLBACK");
        }
    }

    /// <summary>Moves the write-ahead log into the file and empties it; whether that was possible now.</summary>
    public bool TryTruncateLog()
    {
        using var statement = new Statement(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return statement.Scalar() is 0L;
    }

    /// <summary>A reader for one request; give it back with <see cref="Return"/>, outside of a transaction.</summary>
    public (SqliteConnection Connection, StoreReader Reader) Rent()
    {
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var connection = Connect();
        return (connection, new(connection));
    }

    public void Return((SqliteConnection Connection, StoreReader Reader) rented)
    {
        _idle.Add(rented);
        if (_closed)
        {
            CloseReaders();
        }
    }

    public void Dispose()
    {
        _closed = true;
        CloseReaders();
        Writer.Dispose();
        Ratings.Dispose();
        WriterRows.Dispose();
        Sessions.Dispose();
        _connection.Dispose();
    }

    private void CloseReaders()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Reader.Dispose();
            reader.Connection.Dispose();
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _source, Pooling = false }.ToString());
        try
        {
            connection.Open();

            // WAL: readers go on while one writes. NORMAL: in WAL mode a crash of the machine may lose the last commits but never damages the file, and a
            // commit costs no fsync (sqlite.org/pragma.html#pragma_synchronous); a lost document is seen by the next sync. secure_delete: what is deleted is overwritten.
            // mmap_size: passages lie all over the file; SQLite reads a mapped one without a call to the system for every page, and still writes by calls.
            StoreSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {WaitMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = {MappedBytes}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
