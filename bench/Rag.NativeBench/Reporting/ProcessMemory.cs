using System.Globalization;
using System.Runtime.InteropServices;

namespace Rag.NativeBench.Reporting;

/// <summary>Memory of this process.</summary>
internal static partial class ProcessMemory
{
    private const double Megabyte = 1 << 20;

    /// <summary>Resident pages, those of mapped files included, in MiB.</summary>
    public static double ResidentMegabytes() => Pages(1) * Environment.SystemPageSize / Megabyte;

    /// <summary>Resident pages without those of mapped files, in MiB.</summary>
    public static double PrivateMegabytes() => (Pages(1) - Pages(2)) * Environment.SystemPageSize / Megabyte;

    /// <summary>Managed objects that are in use, in MiB.</summary>
    public static double HeapMegabytes() => GC.GetTotalMemory(forceFullCollection: true) / Megabyte;

    /// <summary>What native code has allocated and not freed, in MiB; 0 where the C library does not say. The managed heap is not part of it.</summary>
    public static double NativeMegabytes()
    {
        try
        {
            var counts = mallinfo2();
            return (counts.uordblks + counts.hblkhd) / Megabyte;
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
        catch (DllNotFoundException)
        {
            return 0;
        }
    }

    // of all arenas (glibc 2.33 and later)
    [LibraryImport("libc.so.6")]
    private static partial Mallinfo2 mallinfo2();

    // /proc/self/statm: size, resident, shared, ... in pages
    private static long Pages(int field) => File.Exists("/proc/self/statm")
        ? long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[field], CultureInfo.InvariantCulture)
        : 0;

    // the field names are those of malloc.h
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Mallinfo2
    {
        public readonly nuint arena;
        public readonly nuint ordblks;
        public readonly nuint smblks;
        public readonly nuint hblks;
        public readonly nuint hblkhd;
        public readonly nuint usmblks;
        public readonly nuint fsmblks;
        public readonly nuint uordblks;
        public readonly nuint fordblks;
        public readonly nuint keepcost;
    }
}
