using DataMesh.Differential.Generation;

namespace DataMesh.Differential;

/// <summary>Makes a package that differs as small as it gets: it leaves out members and puts inner expressions in the place of outer ones.</summary>
internal static class Shrinker
{
    private static readonly Fragment[] _atoms = [Fragment.Expression("_"), Fragment.Expression("1"), Fragment.Expression("{}")];

    /// <param name="package">What differs.</param>
    /// <param name="stillDiffers">Whether a candidate does so in the same way.</param>
    /// <param name="most">The most candidates to try.</param>
    public static async Task<Package> ShrinkAsync(Package package, Func<Package, Task<bool>> stillDiffers, int most)
    {
        for (bool isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            int length = package.Declarations.ToString().Length;
            foreach (Fragment declarations in Candidates(package.Declarations))
            {
                if (declarations.ToString().Length >= length)
                    continue;
                if (most-- <= 0)
                    return package;
                Package candidate = package with { Declarations = declarations };
                if (await stillDiffers(candidate))
                {
                    package = candidate;
                    isSmaller = true;
                    break;
                }
            }
        }

        return package;
    }

    /// <summary>The fragment with one step of shrinking done somewhere in it, the big steps first.</summary>
    private static IEnumerable<Fragment> Candidates(Fragment fragment)
    {
        if (fragment.Sort == Sort.Sequence)
        {
            for (int count = Math.Max(1, fragment.Parts.Length / 2); count >= 1; count /= 2)
            {
                for (int start = 0; start + count <= fragment.Parts.Length; start++)
                    yield return fragment.Without(start, count);
            }
        }

        if (fragment.Sort == Sort.Expression)
        {
            foreach (Fragment inner in fragment.InnerExpressions())
                yield return inner;
            if (!fragment.Parts.IsEmpty)
            {
                foreach (Fragment atom in _atoms)
                    yield return atom;
            }
        }

        for (int i = 0; i < fragment.Parts.Length; i++)
        {
            foreach (Fragment part in Candidates(fragment.Parts[i]))
                yield return fragment.WithPart(i, part);
        }
    }
}
