using System.Text;

namespace DataMesh.Cue.Builtins.Paths;

/// <summary>The file paths of one kind of operating system, as texts; nothing looks at a disk.</summary>
internal sealed class PathSystem
{
    private readonly bool _isWindows;
    private readonly bool _isPlan9;
    private readonly char _separator;

    private PathSystem(string name)
    {
        Name = name;
        _isWindows = name == "windows";
        _isPlan9 = name == "plan9";
        _separator = _isWindows ? '\\' : '/';
    }

    public string Name { get; }

    public static PathSystem Unix { get; } = new("unix");

    public static PathSystem Windows { get; } = new("windows");

    public static PathSystem Plan9 { get; } = new("plan9");

    /// <summary>Every system that can be named.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "unix", "windows", "plan9", "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux",
        "nacl", "netbsd", "openbsd", "solaris", "zos",
    ];

    private char ListSeparator => _isWindows ? ';' : _isPlan9 ? '\0' : ':';

    /// <summary>The rules of the system that <paramref name="name"/> names; null for one that is not known.</summary>
    public static PathSystem? Find(string name) => name switch
    {
        "windows" => Windows,
        "plan9" => Plan9,
        _ => Names.Contains(name) ? Unix : null,
    };

    public bool IsSeparator(char c) => c == '/' || (_isWindows && c == '\\');

    public bool IsAbsolute(string path)
    {
        if (!_isWindows)
            return path.StartsWith("/", StringComparison.Ordinal) || (_isPlan9 && path.StartsWith("#", StringComparison.Ordinal));
        if (IsReservedName(path))
            return true;
        int volume = VolumeLength(path);
        if (volume == 0)
            return false;
        if (IsSeparator(path[0]) && path.Length > 1 && IsSeparator(path[1]))
            return true;
        return volume < path.Length && IsSeparator(path[volume]);
    }

    public string VolumeName(string path) => path.Substring(0, VolumeLength(path));

    /// <summary>The shortest path that means the same.</summary>
    public string Clean(string original)
    {
        int volume = VolumeLength(original);
        string path = original.Substring(volume);
        if (path.Length == 0)
        {
            if (volume > 1 && IsSeparator(original[0]) && IsSeparator(original[1]))
                return FromSlash(original);
            return original + ".";
        }

        bool isRooted = IsSeparator(path[0]);
        List<string> parts = [];
        foreach (string part in SplitAtSeparators(path))
        {
            if (part.Length == 0 || part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (!isRooted)
                parts.Add(part);
        }

        string result = (isRooted ? _separator.ToString() : "") + string.Join(_separator.ToString(), parts);
        if (result.Length == 0)
            result = ".";
        // What looked like one path must not become a drive by cleaning: a/../c: stays relative.
        if (_isWindows && volume == 0 && !isRooted && parts.Count > 0 && parts[0].IndexOf(':') >= 0 && VolumeLength(result) > 0)
            result = ".\\" + result;
        return FromSlash(original.Substring(0, volume) + result);
    }

    public string ToSlash(string path) => _separator == '/' ? path : path.Replace(_separator, '/');

    public string FromSlash(string path) => _separator == '/' ? path : path.Replace('/', _separator);

    public (string Directory, string File) Split(string path)
    {
        int volume = VolumeLength(path);
        int i = path.Length - 1;
        while (i >= volume && !IsSeparator(path[i]))
            i--;
        return (path.Substring(0, i + 1), path.Substring(i + 1));
    }

    public List<string> SplitList(string path)
    {
        if (path.Length == 0)
            return [];
        if (!_isWindows)
            return [.. path.Split(ListSeparator)];

        // A quoted part may have the separator in it.
        List<string> parts = [];
        StringBuilder part = new();
        bool isQuoted = false;
        foreach (char c in path)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ListSeparator && !isQuoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    public string Join(IReadOnlyList<string> elements)
    {
        List<string> parts = [.. elements.Where(element => element.Length > 0)];
        if (parts.Count == 0)
            return "";
        if (!_isWindows)
            return Clean(string.Join("/", parts));
        return JoinWindows(parts);
    }

    public string Extension(string path)
    {
        for (int i = path.Length - 1; i >= 0 && !IsSeparator(path[i]); i--)
        {
            if (path[i] == '.')
                return path.Substring(i);
        }

        return "";
    }

    public string Base(string path)
    {
        if (path.Length == 0)
            return ".";
        int end = path.Length;
        while (end > 0 && IsSeparator(path[end - 1]))
            end--;
        string rest = path.Substring(0, end);
        rest = rest.Substring(Math.Min(VolumeLength(path), rest.Length));
        int start = rest.Length;
        while (start > 0 && !IsSeparator(rest[start - 1]))
            start--;
        rest = rest.Substring(start);
        return rest.Length == 0 ? _separator.ToString() : rest;
    }

    public string Directory(string path)
    {
        int volume = VolumeLength(path);
        int i = path.Length - 1;
        while (i >= volume && !IsSeparator(path[i]))
            i--;
        string directory = Clean(path.Substring(volume, i + 1 - volume));
        if (directory == "." && volume > 2)
            return path.Substring(0, volume);
        return path.Substring(0, volume) + directory;
    }

    public string Resolve(string directory, string path) => IsAbsolute(path) ? Clean(path) : Clean(Join([directory, path]));

    /// <summary>The path that leads from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public string Relative(string from, string to)
    {
        string fromVolume = VolumeName(from), toVolume = VolumeName(to);
        string start = Clean(from), target = Clean(to);
        if (AreSame(target, start))
            return ".";
        start = start.Substring(Math.Min(fromVolume.Length, start.Length));
        target = target.Substring(Math.Min(toVolume.Length, target.Length));
        if (start == ".")
            start = "";
        else if (start.Length == 0 && fromVolume.Length > 2)
            start = _separator.ToString();

        bool startIsRooted = start.Length > 0 && start[0] == _separator, targetIsRooted = target.Length > 0 && target[0] == _separator;
        if (startIsRooted != targetIsRooted || !AreSame(fromVolume, toVolume))
            throw new BuiltinException($"Rel: can't make {to} relative to {from}");

        List<string> startParts = [.. start.Split(_separator).Where(part => part.Length > 0)];
        List<string> targetParts = [.. target.Split(_separator).Where(part => part.Length > 0)];
        int common = 0;
        while (common < startParts.Count && common < targetParts.Count && AreSame(startParts[common], targetParts[common]))
            common++;
        if (common < startParts.Count && startParts[common] == "..")
            throw new BuiltinException($"Rel: can't make {to} relative to {from}");
        return string.Join(
            _separator.ToString(),
            Enumerable.Repeat("..", startParts.Count - common).Concat(targetParts.Skip(common)));
    }

    private bool AreSame(string left, string right) =>
        string.Equals(left, right, _isWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private IEnumerable<string> SplitAtSeparators(string path)
    {
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            if (i == path.Length || IsSeparator(path[i]))
            {
                yield return path.Substring(start, i - start);
                start = i + 1;
            }
        }
    }

    private string JoinWindows(List<string> parts)
    {
        // "C:" and what follows it join without a separator: C:a is relative to the drive's own folder.
        if (parts[0].Length == 2 && parts[0][1] == ':')
            return Clean(parts[0] + string.Join("\\", parts.Skip(1)));

        string joined = Clean(string.Join("\\", parts));
        if (!IsUnc(joined))
            return joined;
        // Two elements must not make a share name that neither of them was.
        string head = Clean(parts[0]);
        if (IsUnc(head))
            return joined;
        string tail = Clean(string.Join("\\", parts.Skip(1)));
        return head[head.Length - 1] == '\\' ? head + tail.TrimStart('\\') : head + "\\" + tail;
    }

    private bool IsUnc(string path) => VolumeLength(path) > 2;

    private int VolumeLength(string path)
    {
        if (!_isWindows || path.Length < 2)
            return 0;
        if (path[1] == ':' && path[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            return 2;
        // \\server\share, neither of them empty or beginning with a dot.
        int length = path.Length;
        if (length < 5 || !IsSeparator(path[0]) || !IsSeparator(path[1]) || IsSeparator(path[2]) || path[2] == '.')
            return 0;
        for (int n = 3; n < length - 1; n++)
        {
            if (!IsSeparator(path[n]))
                continue;
            n++;
            if (IsSeparator(path[n]) || path[n] == '.')
                return 0;
            while (n < length && !IsSeparator(path[n]))
                n++;
            return n;
        }

        return 0;
    }

    private static bool IsReservedName(string path) => path.ToUpperInvariant() switch
    {
        "CON" or "PRN" or "AUX" or "NUL"
            or "COM1" or "COM2" or "COM3" or "COM4" or "COM5" or "COM6" or "COM7" or "COM8" or "COM9"
            or "LPT1" or "LPT2" or "LPT3" or "LPT4" or "LPT5" or "LPT6" or "LPT7" or "LPT8" or "LPT9" => true,
        _ => false,
    };
}
